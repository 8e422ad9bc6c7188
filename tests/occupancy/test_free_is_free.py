"""What availability calls free can be booked, and nothing else: every step of a crowded day, tried."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.db.engine import Database, Tx, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period, local_days, local_moment
from incubator.occupancy.free import availability
from incubator.people.actor import Actor
from tests.cast import Cast, acting, change
from tests.moments import NOW

ORDINARY, AUTUMN, SPRING = date(2026, 9, 8), date(2026, 10, 25), date(2027, 3, 28)


async def crowd(db: Database, cast: Cast, actor: Actor, day: date, dice: random.Random) -> list[UUID]:
    """Rooms with pauses after bookings, some of the day booked, some held and lapsed, some closed."""
    rooms = [cast.room_l, cast.room_a, cast.room_s, cast.room_la]
    async with transaction(db) as tx:
        for room, pause in zip(rooms, (0, 30, 45, 60), strict=True):
            await change(tx, room, turnaround_minutes=pause, horizon_days=300, closed_on_holidays=False)
            for weekday in range(1, 8):
                await tx.execute(
                    "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)",
                    room,
                    weekday,
                )
        closed = local_moment(day, 17 * 60)
        await tx.execute(
            "INSERT INTO closure (gmina_id, incubator_id, space_id, during, reason_pl, reason_en)"
            " VALUES ($1, $2, $3, tstzrange($4, $5), 'x', '')",
            cast.niepolomice,
            cast.las,
            cast.room_a,
            closed,
            closed + timedelta(minutes=75),
        )
    for turn in range(14):
        start = local_moment(day, dice.randrange(0, 46) * 30)
        period = Period(start, start + timedelta(minutes=30 * dice.randint(1, 4)))
        lapsed = turn % 4 == 0
        with suppress(Refusal):
            async with statement(db) as tx:
                await hold(
                    tx,
                    actor=actor,
                    space_id=dice.choice(rooms),
                    period=period,
                    outright=not lapsed,
                    now=NOW - timedelta(hours=1) if lapsed else NOW,
                )
    return rooms


def steps(day: date) -> Iterator[Period]:
    """Every half hour of the day with stays of one, two and five half hours."""
    span, step = local_days(day), timedelta(minutes=30)
    start = span.start
    while start < span.end:
        for length in (1, 2, 5):
            if start + step * length <= span.end:
                yield Period(start, start + step * length)
        start += step


async def can_be_had(tx: Tx, actor: Actor, room: UUID, period: Period) -> bool:
    attempt = tx.transaction()
    await attempt.start()
    try:
        await hold(tx, actor=actor, space_id=room, period=period, outright=True, now=NOW)
    except Refusal:
        return False
    finally:
        await attempt.rollback()
    return True


@pytest.mark.parametrize("day", [ORDINARY, AUTUMN, SPRING], ids=str)
async def test_what_is_called_free_can_be_booked_and_nothing_else(db: Database, cast: Cast, day: date) -> None:
    actor = await acting(db, cast.member)
    rooms = await crowd(db, cast, actor, day, random.Random(day.toordinal()))
    async with statement(db) as tx:
        found = {one.space_id: one for one in await availability(tx, space_ids=rooms, span=local_days(day), now=NOW)}
        wrong = []
        for room in rooms:
            free = [Period(start, end) for start, end in found[room].free]
            for period in steps(day):
                said = any(stretch.contains(period) for stretch in free)
                if said != await can_be_had(tx, actor, room, period):
                    wrong.append(f"{room}: {period} was called {'free' if said else 'taken'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("day", [ORDINARY, AUTUMN, SPRING], ids=str)
async def test_free_and_taken_are_apart_and_free_is_open(db: Database, cast: Cast, day: date) -> None:
    actor = await acting(db, cast.member)
    rooms = await crowd(db, cast, actor, day, random.Random(-day.toordinal()))
    async with statement(db) as tx:
        for one in await availability(tx, space_ids=rooms, span=local_days(day), now=NOW):
            opening, taken, free = (
                [Period(start, end) for start, end in stretches] for stretches in (one.open, one.taken, one.free)
            )
            assert all(any(stretch.contains(part) for stretch in opening) for part in free)
            assert not any(part.overlaps(other) for part in free for other in taken)
            for stretches in (opening, taken, free):
                assert all(before.end < after.start for before, after in pairwise(stretches))
                assert all(local_days(day).contains(part) for part in stretches)
