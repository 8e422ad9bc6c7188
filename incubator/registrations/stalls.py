"""The numbered places of a market day: which of them are free, and who stands where.

Stalls are given and taken under the lock of the session's seats; the index `ticket_stall_once` is the judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.registrations.place import StallTaken
from incubator.registrations.rules import NoSuchStall
from incubator.registrations.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """A place; `taken` when a ticket has it."""

    id: UUID
    number: str
    about_pl: str
    about_en: str
    taken: bool


# Numbers in their own order: 2 before 10, A before B.
IN_ORDER = """regexp_replace(stall.number, '[0-9]+', '', 'g'), lpad(regexp_replace(stall.number, '[^0-9]', '', 'g'), 30, '0'),
    stall.number, stall.id"""
STALLS = f"""
SELECT id, number, about_pl, about_en, EXISTS (SELECT FROM ticket WHERE stall_id = stall.id) AS taken
FROM session_stall AS stall WHERE session_id = $1 ORDER BY {IN_ORDER}
"""
# First what somebody takes by name, so that a vaguer wish of the same people does not stand in the way.
WISHES = """
SELECT ticket.id, stall_wish, wished_stall_id FROM ticket JOIN registration ON registration.id = registration_id
WHERE ticket.session_id = $1 AND registration.state = 'offered' AND stall_wish <> '' AND stall_id IS NULL
ORDER BY priority DESC, created_at, registration.id, array_position(ARRAY['this', 'like', 'any'], stall_wish), ticket.id
"""
FREE = f"""
SELECT stall.id FROM session_stall AS stall LEFT JOIN session_stall AS wished ON wished.id = $3
WHERE stall.session_id = $1 AND NOT EXISTS (SELECT FROM ticket WHERE stall_id = stall.id)
    AND CASE $2 WHEN 'this' THEN stall.id = $3 WHEN 'like' THEN stall.about_pl = wished.about_pl ELSE true END
ORDER BY stall.id IS DISTINCT FROM $3, {IN_ORDER} LIMIT 1
"""
GIVE = "UPDATE ticket SET stall_id = $2 WHERE id = $1"
# Two of one's own tickets may change places, so all step off first.
STEP_OFF = "UPDATE ticket SET stall_id = NULL WHERE id = ANY($1::uuid[]) AND stall_id IS NOT NULL"
STEP_ON = """
UPDATE ticket SET stall_id = stall.id FROM unnest($1::uuid[], $2::uuid[]) AS chosen (ticket_id, stall_id)
JOIN session_stall AS stall ON stall.id = chosen.stall_id AND stall.session_id = $3
WHERE ticket.id = chosen.ticket_id RETURNING 1
"""


async def stalls_of(tx: Tx, *, session_id: UUID) -> list[Stall]:
    return [Stall(**row) for row in await tx.fetch(STALLS, session_id)]


def kinds_of(stalls: Sequence[Stall]) -> list[Stall]:
    """The first of each description that several stalls share."""
    shared = [stall.about_pl for stall in stalls]
    first = {stall.about_pl: stall for stall in reversed(stalls)}
    return [first[about] for about in dict.fromkeys(shared) if about and shared.count(about) > 1]


async def give_wished(tx: Tx, *, session_id: UUID) -> None:
    """Keep what is free for the tickets that are offered a seat and would like a stall, in the order of the line."""
    for row in await tx.fetch(WISHES, session_id):
        free = await tx.fetchval(FREE, session_id, row["stall_wish"], row["wished_stall_id"])
        if free is not None:
            await tx.execute(GIVE, row["id"], free)


async def choose(tx: Tx, found: RegistrationView, stalls: Sequence[UUID | None]) -> None:
    """For the tickets of a registration with seats, in order: a stall or none; those beyond the list stay as they
    are. Raises NoSuchStall, StallTaken."""
    wanted = [stall for stall in stalls if stall is not None]
    if len(set(wanted)) < len(wanted) or len(stalls) > len(found.tickets):
        raise NoSuchStall()
    keys = [ticket.id for ticket, _ in zip(found.tickets, stalls, strict=False)]
    try:
        async with tx.transaction():
            await tx.execute(STEP_OFF, keys)
            chosen = await tx.fetch(STEP_ON, keys, list(stalls), found.session_id)
    except asyncpg.UniqueViolationError:
        raise StallTaken() from None
    if len(chosen) < len(wanted):
        raise NoSuchStall()
