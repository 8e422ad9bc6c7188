"""What the books say, and whether they are right."""

import logging
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.ledger.check_books import check_books, checks_of
from incubator.ledger.queries import (
    Wanted,
    balances,
    balances_at,
    books_for,
    entries,
    party_balances,
    statement_of,
)
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Party, Posting, Span
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.ledger.books import owing, paying, posted
from tests.moments import NOW

LATER = NOW + timedelta(days=400)
SEPTEMBER = Span(first=date(2026, 9, 1), last=date(2026, 9, 30))


async def test_a_period_opens_where_the_one_before_closed(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(
            tx, cast.niepolomice, owing(500, account=cast.member.id), at=datetime(2026, 8, 31, 21, 59, tzinfo=UTC)
        )
        await posted(
            tx, cast.niepolomice, owing(70, account=cast.member.id), at=datetime(2026, 8, 31, 22, 0, tzinfo=UTC)
        )
        await posted(tx, cast.niepolomice, paying(200, account=cast.member.id), kind=EntryKind.PAYMENT)
        await posted(
            tx, cast.niepolomice, owing(9, account=cast.member.id), at=datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
        )
        told = {one.account: one for one in await balances(tx, gmina_id=cast.niepolomice, span=SEPTEMBER)}
    assert list(told) == list(Account)
    owed = told[Account.RECEIVABLE]
    assert (owed.opening, owed.debit, owed.credit, owed.closing) == (500, 70, 200, 370), "days are those of Warsaw"


async def test_a_party_sees_how_its_account_stands_after_each_posting(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        await posted(
            tx,
            cast.niepolomice,
            paying(200, organisation=cast.acme),
            kind=EntryKind.PAYMENT,
            at=NOW + timedelta(days=1),
        )
        await posted(tx, cast.niepolomice, owing(9, organisation=cast.rival))
        await posted(tx, cast.skawina, owing(9, organisation=cast.acme))
        party = Party(organisation_id=cast.acme)
        lines = await statement_of(tx, gmina_id=cast.niepolomice, party=party, at=LATER)
        assert [(one.kind, one.amount, one.balance) for one in lines] == [("charge", 500, 500), ("payment", -200, 300)]
        known = await party_balances(tx, gmina_id=cast.niepolomice, at=LATER)
        assert [(one.name, one.receivable) for one in known] == [("Acme", 300), ("Rival", 9)]


async def test_entries_are_found_by_day_account_and_party_and_go_on_where_they_stopped(
    db: Database, cast: Cast
) -> None:
    async with transaction(db) as tx:
        first = await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        second = await posted(tx, cast.niepolomice, paying(200, organisation=cast.acme), kind=EntryKind.PAYMENT)
        third = await posted(tx, cast.niepolomice, owing(9, account=cast.resident.id), at=NOW + timedelta(days=40))
        wide = Span(first=date(2026, 1, 1), last=date(2026, 12, 31))

        async def found(**how: object) -> list[UUID]:
            wanted = Wanted(**{"span": wide, **how})  # type: ignore[arg-type]
            return [one.id for one in await entries(tx, gmina_id=cast.niepolomice, wanted=wanted)]

        assert set(await found()) == {first, second, third}
        assert set(await found(span=SEPTEMBER)) == {first, second}
        assert await found(account=Account.BANK) == [second]
        assert await found(party_id=cast.resident.id) == [third]
        assert await found(party_id=cast.acme, account=Account.BANK) == []
        one = (await entries(tx, gmina_id=cast.niepolomice, wanted=Wanted(span=wide), limit=1))[0]
        rest = await entries(tx, gmina_id=cast.niepolomice, wanted=Wanted(span=wide), after=(one.at, one.id))
        assert len(rest) == 2 and one.id not in {other.id for other in rest}
        assert {posting.party for posting in one.postings if posting.account == "receivable"} == {"Acme"}
        assert await entries(tx, gmina_id=cast.skawina, wanted=Wanted(span=wide)) == []


async def test_books_are_read_by_the_coordinator_of_their_own_gmina(db: Database, cast: Cast) -> None:
    async with statement(db) as tx:
        own = await books_for(tx, actor=await acting(db, cast.coordinator), gmina_id=cast.niepolomice)
        assert own.slug == "niepolomice"
        for who in (cast.other_coordinator, cast.member, cast.office):
            with pytest.raises(NotYours):
                await books_for(tx, actor=await acting(db, who), gmina_id=cast.niepolomice)
        with pytest.raises(NotYours):
            await books_for(tx, actor=await acting(db, cast.administrator), gmina_id=uuid4())


async def test_books_that_are_right_are_told_right(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        assert await check_books(tx, now=NOW) == {}
        (check,) = await checks_of(tx, gmina_id=cast.niepolomice)
        assert (check.part, check.faults, check.checked_at) == ("ledger", (), NOW)
        assert await checks_of(tx, gmina_id=cast.skawina) == []


SABOTAGE = {
    "its postings come to": "UPDATE posting SET amount = amount + 1 WHERE account = 'bank'",
    "1 postings, not 2": "DELETE FROM posting WHERE account = 'bank'",
    "which is not there": "UPDATE entry SET reverses = uuidv7(), kind = 'correction' WHERE kind = 'payment'",
    "does not take back": "UPDATE entry SET kind = 'correction', reverses = charge.id FROM entry AS charge"
    " WHERE entry.kind = 'payment' AND charge.kind = 'charge' AND charge.gmina_id = entry.gmina_id",
}


@pytest.mark.parametrize("fault", SABOTAGE)
async def test_books_that_are_wrong_are_told_wrong(
    db: Database, cast: Cast, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        await posted(tx, cast.niepolomice, paying(200, organisation=cast.acme), kind=EntryKind.PAYMENT)
        await posted(tx, cast.skawina, owing(9, organisation=cast.acme))
    async with transaction(db) as tx:
        await tx.execute("SET LOCAL session_replication_role = replica")
        await tx.execute(SABOTAGE[fault])
        with caplog.at_level(logging.ERROR):
            wrong = await check_books(tx, now=NOW)
        assert list(wrong) == [cast.niepolomice]
        assert any(fault in told for told in wrong[cast.niepolomice])
        (check,) = await checks_of(tx, gmina_id=cast.niepolomice)
        assert check.faults == tuple(wrong[cast.niepolomice])
        assert "the books of a gmina are wrong" in caplog.text


async def test_a_posting_of_no_entry_is_told_to_every_gmina(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        await posted(tx, cast.skawina, owing(9, organisation=cast.acme))
        await tx.execute("SET LOCAL session_replication_role = replica")
        await tx.execute("INSERT INTO posting (entry_id, account, amount) VALUES (uuidv7(), 'bank', 5)")
        assert set(await check_books(tx, now=NOW)) == {cast.niepolomice, cast.skawina}


DEEDS = {
    EntryKind.CHARGE: (Account.RECEIVABLE, Account.REVENUE),
    EntryKind.DEPOSIT_CHARGED: (Account.RECEIVABLE, Account.DEPOSITS),
    EntryKind.PAYMENT: (Account.BANK, Account.RECEIVABLE),
    EntryKind.REFUND: (Account.RECEIVABLE, Account.BANK),
    EntryKind.DEPOSIT_RETURNED: (Account.DEPOSITS, Account.RECEIVABLE),
    EntryKind.WRITE_OFF: (Account.WRITE_OFFS, Account.RECEIVABLE),
    EntryKind.FEE: (Account.FEES, Account.STRIPE),
}
WISHES = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 10**9), st.booleans(), st.booleans(), st.integers(0, 400)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES)
async def test_whatever_happens_the_books_balance_and_say_what_a_plain_sum_says(
    db: Database, cast: Cast, wishes: list[tuple[str, int, bool, bool, int]]
) -> None:
    model: dict[tuple[UUID, Account], int] = {}
    parties: dict[UUID, int] = {}
    async with db.pool.acquire() as tx:
        whole = tx.transaction()
        await whole.start()
        for kind, amount, here, acme, days in wishes:
            gmina, party = cast.niepolomice if here else cast.skawina, cast.acme if acme else cast.rival
            debit, credit = DEEDS[EntryKind(kind)]
            postings = [_of(debit, amount, party), _of(credit, -amount, party)]
            await posted(tx, gmina, postings, kind=EntryKind(kind), at=NOW + timedelta(days=days))
            for account, more in ((debit, amount), (credit, -amount)):
                model[gmina, account] = model.get((gmina, account), 0) + more
                if account == Account.RECEIVABLE and here:
                    parties[party] = parties.get(party, 0) + more
        await tx.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert await check_books(tx, now=NOW) == {}
        await _says(tx, cast, model, parties)
        await whole.rollback()


def _of(account: Account, amount: int, party: UUID) -> Posting:
    return Posting(account=account, amount=amount, organisation_id=party if account.has_parties else None)


async def _says(tx: Tx, cast: Cast, model: dict[tuple[UUID, Account], int], parties: dict[UUID, int]) -> None:
    at = NOW + timedelta(days=500)
    for gmina in (cast.niepolomice, cast.skawina):
        stands = await balances_at(tx, gmina_id=gmina, at=at)
        assert stands == {account: model.get((gmina, account), 0) for account in Account}
        assert sum(stands.values()) == 0
        span = Span(first=date(2026, 10, 1), last=date(2026, 12, 31))
        for one in await balances(tx, gmina_id=gmina, span=span):
            assert one.opening + one.debit - one.credit == one.closing
    told = await party_balances(tx, gmina_id=cast.niepolomice, at=at)
    assert {one.organisation_id: one.receivable for one in told if one.receivable} == {
        key: amount for key, amount in parties.items() if amount
    }


async def test_the_ledger_goes_down_and_comes_up_again_with_rows_in_it(db: Database, database_url: str) -> None:
    import asyncio

    from incubator.db.migrate import demigrate, migrate
    from tests.cast import hire

    cast = await hire(db)
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
    await asyncio.to_thread(demigrate, database_url, to="0014")
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT to_regclass('posting') IS NULL AND to_regproc('entry_is_whole') IS NULL")
        assert await tx.fetchval("SELECT count(*) FROM organisation WHERE id = $1", cast.acme) == 1
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(500, organisation=cast.acme))
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute("DELETE FROM posting")
