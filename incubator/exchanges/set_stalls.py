"""Say which numbered stalls a market day has; one that somebody has stays."""

from datetime import datetime
from uuid import UUID

from asyncpg import ForeignKeyViolationError

from incubator.db.engine import Tx
from incubator.exchanges.details import StallLine
from incubator.exchanges.rules import StallsTwice
from incubator.exchanges.saving import said_anew, session_to_change
from incubator.exchanges.seats import seats_of
from incubator.exchanges.views import SessionInFull
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class StallTaken(Conflict):
    """A stall that would go away, and somebody has it."""

    code = "stall_taken"
    sentence = N_("Somebody has a stall that would go away. Leave the numbers that are taken.")


PUT = """
INSERT INTO session_stall (id, session_id, number, about_pl, about_en) VALUES (uuidv7(), $1, $2, $3, $4)
ON CONFLICT (session_id, number) DO UPDATE SET about_pl = excluded.about_pl, about_en = excluded.about_en
"""
REMOVE = "DELETE FROM session_stall WHERE session_id = $1 AND number <> ALL($2::text[])"


async def set_stalls(
    tx: Tx, *, actor: Actor, session_id: UUID, stalls: list[StallLine], seen: int | None = None, now: datetime
) -> SessionInFull:
    """By their numbers; one that nobody has any more may go, with the wishes for it. Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff, StallsTwice,
    StallTaken."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    await seats_of(tx, session_id=session_id, lock=True)  # stalls are given under this lock
    await put_stalls(tx, session_id=session_id, stalls=stalls)
    return await said_anew(tx, actor=actor, session=found, what="stalls", count=len(stalls), now=now)


async def put_stalls(tx: Tx, *, session_id: UUID, stalls: list[StallLine]) -> None:
    """Raises StallsTwice, StallTaken."""
    numbers = [one.number.strip() for one in stalls]
    if len(set(numbers)) < len(numbers):
        raise StallsTwice()
    try:
        await tx.execute(REMOVE, session_id, numbers)
    except ForeignKeyViolationError:
        raise StallTaken() from None
    rows = [(session_id, number, one.about_pl, one.about_en) for number, one in zip(numbers, stalls, strict=True)]
    await tx.executemany(PUT, rows)
