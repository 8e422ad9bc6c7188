"""Bookings put down as if they had been made long ago, past every rule that looks at the clock."""

from datetime import date, timedelta
from uuid import UUID

from asyncpg import Range

from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_moment
from tests.cast import Person, person

BOOKING = """
INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, hold_expires_at,
    title, note, reason, sequence)
SELECT $1, space.id, incubator.id, incubator.gmina_id, $3, $4, $5::tstzrange, $6::text,
    CASE WHEN $6 = 'held' THEN upper($5) END, '', '', '', 0
FROM space JOIN incubator ON incubator.id = space.incubator_id WHERE space.id = $2
"""
OCCUPANCY = """
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state, expires_at)
SELECT space_resource.resource_id,
    tstzrange(lower(period), upper(period) + space.turnaround_minutes * interval '1 minute'), 'booking', booking.id,
    CASE booking.state WHEN 'held' THEN 'held' ELSE 'firm' END, hold_expires_at
FROM booking JOIN space ON space.id = booking.space_id JOIN space_resource ON space_resource.space_id = space.id
WHERE booking.id = $1 AND booking.state NOT IN ('cancelled', 'declined', 'expired', 'awaiting_approval')
"""


async def booked(
    db: Database,
    space_id: UUID,
    period: Period,
    who: Person,
    organisation_id: UUID | None = None,
    *,
    state: str = "completed",
) -> UUID:
    """A booking with the occupancies that it would have."""
    key = uuid7()
    async with transaction(db) as tx:
        span = Range(period.start, period.end)
        await tx.execute(BOOKING, key, space_id, who.id, organisation_id, span, state)
        await tx.execute(OCCUPANCY, key)
    return key


async def crowd(db: Database, space_id: UUID, gmina_id: UUID, day: date, *, organisations: int, persons: int) -> None:
    """So many different organisations and private persons, one after the other in one space, half an
    hour each from eight in the morning on."""
    for turn in range(organisations + persons):
        start = local_moment(day, 480 + 30 * turn)
        async with transaction(db) as tx:
            who = await person(tx, f"{gmina_id.hex[-6:]}{day:%d}{turn}")
            organisation_id = uuid7() if turn < organisations else None
            if organisation_id:
                await tx.execute(
                    "INSERT INTO organisation (id, name, kind, gmina_id, version) VALUES ($1, 'Secret Firm', 'ngo', $2, 1)",
                    organisation_id,
                    gmina_id,
                )
        await booked(db, space_id, Period(start, start + timedelta(minutes=30)), who, organisation_id)
