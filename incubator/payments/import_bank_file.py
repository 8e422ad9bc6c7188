"""A bank's file: looked at, then taken over as it was seen, all of it or nothing."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Gone, NotFound
from incubator.payments.bank_rows import BankFile, BankProblem, BankRow
from incubator.payments.queries import waited_for
from incubator.payments.suggest import Suggestion, suggested
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.telling import tell

LIVES = timedelta(days=1)
KEEP = """
INSERT INTO bank_import (gmina_id, by_id, form, rows, problems, skipped, made_at)
VALUES ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6, $7) RETURNING id
"""
ONE = """
SELECT id, gmina_id, form, rows::text AS rows, problems::text AS problems, skipped, made_at, applied_at FROM bank_import
WHERE id = $1 AND (gmina_id = ANY($2::uuid[]) OR $3)
"""
ADD = """
INSERT INTO bank_line (gmina_id, import_id, hash, booked_on, amount, used, payer, iban, title, state)
SELECT $1, $2, decode(hash, 'hex'), booked_on, amount, 0, payer, iban, title, 'waiting'
FROM jsonb_to_recordset($3::text::jsonb) AS given (hash text, booked_on date, amount bigint, payer text, iban text, title text)
ORDER BY hash ON CONFLICT (gmina_id, hash) DO NOTHING
RETURNING id
"""
KNOWN = "SELECT encode(hash, 'hex') FROM bank_line WHERE gmina_id = $1 AND hash = ANY($2::bytea[])"
# What was looked at holds names too: it goes once it is taken over, or too old.
DONE = "UPDATE bank_import SET applied_at = $2, rows = '[]', problems = '[]' WHERE id = $1"
STALE = "DELETE FROM bank_import WHERE made_at < $1 AND applied_at IS NULL"


class NoSuchBankFile(NotFound):
    """No file that was looked at, or one of another gmina."""

    code = "no_such_bank_file"
    sentence = N_("There is no such file here.")


class BankFileOver(Gone):
    """It was taken over, or looked at longer than a day ago."""

    code = "bank_file_over"
    sentence = N_("This file is taken over already, or was looked at too long ago. Send it again if need be.")


class BankFileHasProblems(Conflict):
    """Nothing of a file is taken over that cannot all be read."""

    code = "bank_file_has_problems"
    sentence = N_("Some lines of this file cannot be read, so nothing of it is taken over. Please export it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """`known`: it was taken over before. `suggestions`: what it may be for."""

    row: BankRow
    known: bool
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileView:
    id: UUID
    gmina_id: UUID
    form: str
    rows: tuple[SeenRow, ...]
    problems: tuple[BankProblem, ...]
    skipped: int
    over: bool

    @property
    def fresh(self) -> int:
        return sum(not one.known for one in self.rows)


async def preview_bank_file(tx: Tx, *, actor: Actor, gmina_id: UUID, found: BankFile, now: datetime) -> BankFileView:
    """Keep what was read for a day, to be taken over as it was seen; for the gmina's coordinator. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    rows, problems = (msgspec.json.encode(what).decode() for what in (found.rows, found.problems))
    told = (gmina_id, actor.account_id, found.form, rows, problems, found.skipped, now)
    import_id = await tx.fetchval(KEEP, *told)
    return await bank_file_for(tx, actor=actor, import_id=import_id, now=now)


async def bank_file_for(tx: Tx, *, actor: Actor, import_id: UUID, now: datetime) -> BankFileView:
    """Raises NoSuchBankFile."""
    return await _view(tx, await _kept(tx, actor, import_id, ONE), now)


async def import_bank_file(tx: Tx, *, actor: Actor, import_id: UUID, now: datetime) -> int:
    """Take it over; how many transfers are new. What was taken over before stays as it is. Raises NoSuchBankFile,
    BankFileOver, BankFileHasProblems."""
    kept = await _kept(tx, actor, import_id, f"{ONE} FOR UPDATE")
    if kept["applied_at"] is not None or now - kept["made_at"] > LIVES:
        raise BankFileOver()
    if kept["problems"] != "[]":
        raise BankFileHasProblems()
    fresh = len(await tx.fetch(ADD, kept["gmina_id"], import_id, kept["rows"]))
    await tx.execute(DONE, import_id, now)
    of = ("bank_import", import_id)
    await tell(tx, actor, now, "import_bank_file", of=of, gmina_id=kept["gmina_id"], after={"new": fresh})
    return fresh


async def forget_bank_files(tx: Tx, *, now: datetime) -> None:
    """What was looked at and not taken over goes after a day."""
    await tx.execute(STALE, now - LIVES)


async def _kept(tx: Tx, actor: Actor, import_id: UUID, statement: str) -> asyncpg.Record:
    row = await tx.fetchrow(statement, import_id, list(actor.coordinates), actor.is_administrator)
    if row is None:
        raise NoSuchBankFile()
    return row


async def _view(tx: Tx, kept: asyncpg.Record, now: datetime) -> BankFileView:
    rows = msgspec.json.decode(kept["rows"], type=list[BankRow])
    known = {row[0] for row in await tx.fetch(KNOWN, kept["gmina_id"], [bytes.fromhex(row.hash) for row in rows])}
    asked = await waited_for(tx, gmina_id=kept["gmina_id"])
    for_them = await asyncio.to_thread(suggested, rows, asked=asked)
    seen = tuple(
        SeenRow(row=row, known=row.hash in known, suggestions=tuple(told))
        for row, told in zip(rows, for_them, strict=True)
    )
    return BankFileView(
        id=kept["id"],
        gmina_id=kept["gmina_id"],
        form=kept["form"],
        rows=seen,
        problems=tuple(msgspec.json.decode(kept["problems"], type=list[BankProblem])),
        skipped=kept["skipped"],
        over=kept["applied_at"] is not None or now - kept["made_at"] > LIVES,
    )
