"""The books as people read them. Whose books they may read, the edges ask (`books_for`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.period import Period, local_midnight
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Balance, EntryView, Party, PartyBalance, PostingView, Span, StatementLine
from incubator.people.actor import Actor
from incubator.people.guards import NotYours, must_coordinate

PAGE = 50

BALANCES = """
SELECT account, coalesce(sum(amount) FILTER (WHERE at < $2), 0)::bigint AS opening,
    coalesce(sum(amount) FILTER (WHERE at >= $2 AND amount > 0), 0)::bigint AS debit,
    coalesce(-sum(amount) FILTER (WHERE at >= $2 AND amount < 0), 0)::bigint AS credit
FROM entry JOIN posting ON entry_id = entry.id
WHERE gmina_id = $1 AND at < $3 GROUP BY account
"""
PARTIES = """
SELECT posting.account_id, posting.organisation_id, coalesce(organisation.name, account.name, '') AS name,
    coalesce(sum(amount) FILTER (WHERE posting.account = 'receivable'), 0)::bigint AS receivable,
    coalesce(sum(amount) FILTER (WHERE posting.account = 'deposits'), 0)::bigint AS deposits,
    coalesce(sum(amount) FILTER (WHERE posting.account = 'prepaid'), 0)::bigint AS prepaid
FROM entry JOIN posting ON entry_id = entry.id
LEFT JOIN account ON account.id = posting.account_id
LEFT JOIN organisation ON organisation.id = posting.organisation_id
WHERE entry.gmina_id = $1 AND at < $2 AND num_nonnulls(posting.account_id, posting.organisation_id) = 1
GROUP BY 1, 2, 3
ORDER BY name, posting.organisation_id, posting.account_id
"""
STATEMENT = """
SELECT entry_id, kind, at, account, amount,
    sum(amount) OVER (PARTITION BY account ORDER BY at, entry_id, posting.id)::bigint AS balance
FROM entry JOIN posting ON entry_id = entry.id
WHERE gmina_id = $1 AND (posting.account_id = $2 OR posting.organisation_id = $3) AND at < $4
ORDER BY at, entry_id, posting.id
"""
ENTRIES = """
SELECT entry.id, entry.gmina_id, gmina.name AS gmina_name, entry.kind, entry.subject_kind, entry.subject_id, entry.reverses,
    EXISTS (SELECT FROM entry AS later WHERE later.reverses = entry.id) AS reversed, entry.at,
    coalesce(doer.name, '') AS by,
    (
        SELECT json_agg(json_build_object(
            'account', posting.account, 'amount', amount, 'account_id', posting.account_id,
            'organisation_id', posting.organisation_id, 'party', coalesce(organisation.name, person.name, '')
        ) ORDER BY posting.id)
        FROM posting LEFT JOIN account AS person ON person.id = posting.account_id
        LEFT JOIN organisation ON organisation.id = posting.organisation_id WHERE entry_id = entry.id
    )::text AS postings
FROM entry JOIN gmina ON gmina.id = entry.gmina_id LEFT JOIN account AS doer ON doer.id = entry.by_id
WHERE entry.gmina_id = $1 AND at >= $2 AND at < $3 AND ($4::text IS NULL AND $5::uuid IS NULL OR EXISTS (
    SELECT FROM posting WHERE entry_id = entry.id AND ($4 IS NULL OR posting.account = $4)
        AND ($5 IS NULL OR posting.account_id = $5 OR posting.organisation_id = $5)
)) AND ($6::timestamptz IS NULL OR (at, entry.id) > ($6, $7::uuid))
ORDER BY at, entry.id LIMIT $8
"""
GMINAS = """
SELECT id, slug, name FROM gmina WHERE id = ANY($1::uuid[]) OR $2 ORDER BY name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: of which days, on which account, of which party (an account's or organisation's id)."""

    span: Span
    account: Account | None = None
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """A gmina whose books somebody may read."""

    id: UUID
    slug: str
    name: str


async def books_of(tx: Tx, *, actor: Actor) -> list[Books]:
    """The gminas whose books the actor keeps."""
    return [Books(*row) for row in await tx.fetch(GMINAS, list(actor.coordinates), actor.is_administrator)]


async def books_for(tx: Tx, *, actor: Actor, gmina_id: UUID) -> Books:
    """Raises NotYours, also where there is no such gmina."""
    must_coordinate(actor, gmina_id)
    for one in await books_of(tx, actor=actor):
        if one.id == gmina_id:
            return one
    raise NotYours()


async def balances(tx: Tx, *, gmina_id: UUID, span: Span) -> list[Balance]:
    """Every account, in the order of Account, with what moved in the days of `span`."""
    period = as_period(span)
    rows = {row["account"]: row for row in await tx.fetch(BALANCES, gmina_id, period.start, period.end)}
    return [_balance(account, rows.get(account.value)) for account in Account]


async def balances_at(tx: Tx, *, gmina_id: UUID, at: datetime) -> dict[Account, int]:
    """Where every account stood just before `at`."""
    rows = {row["account"]: row["opening"] for row in await tx.fetch(BALANCES, gmina_id, at, at)}
    return {account: rows.get(account.value, 0) for account in Account}


async def party_balances(tx: Tx, *, gmina_id: UUID, at: datetime) -> list[PartyBalance]:
    """Everybody who has ever owed, left or paid ahead something, by name, just before `at`."""
    return [PartyBalance(**row) for row in await tx.fetch(PARTIES, gmina_id, at)]


async def statement_of(tx: Tx, *, gmina_id: UUID, party: Party, at: datetime) -> list[StatementLine]:
    """A party's postings before `at`, oldest first, each with how its account stands after it."""
    rows = await tx.fetch(STATEMENT, gmina_id, party.account_id, party.organisation_id, at)
    return [
        StatementLine(**{**row, "kind": EntryKind(row["kind"]), "account": Account(row["account"])})
        for row in map(dict, rows)
    ]


async def entries(
    tx: Tx, *, gmina_id: UUID, wanted: Wanted, after: tuple[datetime, UUID] | None = None, limit: int | None = PAGE
) -> list[EntryView]:
    """Entries, oldest first, after the one that `after` names; None as `limit` is all of them."""
    period, (at, key) = as_period(wanted.span), after or (None, None)
    account = wanted.account.value if wanted.account else None
    rows = await tx.fetch(ENTRIES, gmina_id, period.start, period.end, account, wanted.party_id, at, key, limit)
    return [_entry(row) for row in rows]


def as_period(span: Span) -> Period:
    """From the first midnight to the midnight after the last day; at least one day."""
    return Period(local_midnight(span.first), local_midnight(max(span.first, span.last) + timedelta(days=1)))


def _balance(account: Account, row: asyncpg.Record | None) -> Balance:
    opening, debit, credit = (row["opening"], row["debit"], row["credit"]) if row else (0, 0, 0)
    return Balance(account=account, opening=opening, debit=debit, credit=credit, closing=opening + debit - credit)


def _entry(row: asyncpg.Record) -> EntryView:
    told = dict(row)
    postings = msgspec.json.decode(told.pop("postings"), type=tuple[PostingView, ...])
    return EntryView(**{**told, "kind": EntryKind(told["kind"]), "postings": postings})
