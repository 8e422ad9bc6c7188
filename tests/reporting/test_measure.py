"""Hours booked, against a slow reckoning in Python over random bookings."""

import random
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period, local_midnight
from incubator.reporting.rules import Days
from tests.cast import Cast, change
from tests.reporting.asked import house, report, spaces
from tests.reporting.past import booked

# Of all firm bookings, the measure of the union of what they occupy, turnaround cut off again.
OCCUPIED = """
SELECT space.id AS space_id, lower(during) AS start,
    upper(during) - taken.turnaround_minutes * interval '1 minute' AS end
FROM occupancy JOIN booking ON booking.id = occupancy.subject_id JOIN space AS taken ON taken.id = booking.space_id
JOIN space ON space.resource_id = occupancy.resource_id
WHERE booking.state IN ('confirmed', 'checked_in', 'completed', 'no_show')
"""


@pytest.mark.parametrize("seed", range(8))
async def test_hours_booked_are_the_measure_of_what_is_occupied(db: Database, cast: Cast, seed: int) -> None:
    """Random bookings of all rooms, joined ones too, over both edges of the days and over the night of
    the clock change."""
    dice = random.Random(seed)
    days = Days(date(2026, 10, 20), date(2026, 10, 20) + timedelta(days=dice.randrange(12)))
    rooms = (cast.room_l, cast.room_a, cast.room_s, cast.room_la, cast.other_room, cast.office_space)
    async with transaction(db) as tx:
        for room in rooms:
            await change(tx, room, turnaround_minutes=dice.choice((0, 15, 60)))
    await _fill(db, cast, rooms, dice)
    found = await report(db, cast.administrator, days)
    uses = spaces(house(found, "las")) | spaces(house(found, "rynek"))
    async with statement(db) as tx:
        rows = await tx.fetch(OCCUPIED)
    for room in rooms:
        minutes = {
            minute
            for row in rows
            if row["space_id"] == room
            for minute in _minutes(max(row["start"], days.span.start), min(row["end"], days.span.end))
        }
        assert uses[room].booked_minutes == len(minutes)
        assert 0 <= uses[room].outside_minutes <= uses[room].booked_minutes
        assert uses[room].booked_minutes <= uses[room].open_minutes + uses[room].outside_minutes
    assert any(use.booked_minutes for use in uses.values())


async def _fill(db: Database, cast: Cast, rooms: tuple[UUID, ...], dice: random.Random) -> None:
    """Random stretches, of which the constraint takes what fits."""
    states = ("completed", "confirmed", "no_show", "checked_in", "held", "cancelled", "awaiting_approval")
    origin = local_midnight(date(2026, 10, 17))
    for _ in range(120):
        start = origin + timedelta(minutes=30 * dice.randrange(48 * 17))
        period = Period(start, start + timedelta(minutes=30 * dice.choice((1, 2, 5, 20, 100))))
        with suppress(asyncpg.ExclusionViolationError):
            await booked(db, dice.choice(rooms), period, cast.member, cast.acme, state=dice.choice(states))


def _minutes(start: datetime, end: datetime) -> range:
    return range(int(start.timestamp()) // 60, int(end.timestamp()) // 60)
