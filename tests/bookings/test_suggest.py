"""Suggestions: every one can really be booked, the nearest come first."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.suggest import Suggestion, suggest
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period, local_days
from tests.cast import Cast, acting, change
from tests.moments import NOW, on, tuesday


async def take_room(db: Database, cast: Cast, space: UUID, period: Period) -> None:
    stranger = await acting(db, cast.stranger)
    async with statement(db) as tx:
        await hold(tx, actor=stranger, space_id=space, period=period, outright=True, now=NOW)


async def near(db: Database, space: UUID, period: Period, limit: int = 5) -> list[Suggestion]:
    async with statement(db) as tx:
        return await suggest(tx, space_id=space, period=period, now=NOW, limit=limit)


async def test_the_nearest_of_the_same_space_come_first_then_another_room_at_the_same_time(
    db: Database, cast: Cast
) -> None:
    await take_room(db, cast, cast.room_a, tuesday("10:00", "11:00"))
    found = await near(db, cast.room_a, tuesday("10:00", "11:00"))
    assert [(s.space_slug, s.period) for s in found[:4]] == [
        ("a", tuesday("9:00", "10:00")),
        ("a", tuesday("11:00", "12:00")),
        ("a", on(date(2026, 9, 7), "19:00", "20:00")),
        ("l", tuesday("10:00", "11:00")),
    ]
    assert {s.space_slug for s in found} == {"a", "l"}, "S is too small, L+A contains A, desks are no rooms"


async def test_every_suggestion_can_be_booked(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        for room in (cast.room_l, cast.room_a, cast.room_s):
            await change(tx, room, turnaround_minutes=30, lead_minutes=60)
    for room in (cast.room_l, cast.room_a):
        await take_room(db, cast, room, tuesday("9:00", "12:30"))
        await take_room(db, cast, room, tuesday("13:30", "16:00"))
    found = await near(db, cast.room_s, tuesday("10:00", "12:00"), limit=20)
    assert len(found) >= 10
    member = await acting(db, cast.member)
    for one in found:
        async with transaction(db) as tx:
            booked = await hold(tx, actor=member, space_id=one.space_id, period=one.period, outright=True, now=NOW)
            assert booked.period == one.period
            await tx.execute("DELETE FROM occupancy WHERE subject_id = $1", booked.id)


async def never_close(db: Database, space: UUID) -> None:
    async with transaction(db) as tx:
        await change(tx, space, horizon_days=300, longest_minutes=3000)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, d, 0, 1440 FROM generate_series(1, 7) d",
            space,
        )


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
async def test_across_the_clock_change(db: Database, cast: Cast, day: date) -> None:
    await never_close(db, cast.office_space)
    wanted = on(day, "22:00", "6:00").moved(-timedelta(days=1))
    await take_room(db, cast, cast.office_space, wanted)
    found = await near(db, cast.office_space, wanted)
    assert found
    for one in found:
        assert one.period.length == wanted.length
        await take_room(db, cast, one.space_id, one.period)


async def test_christmas_eve_is_left_out(db: Database, cast: Cast) -> None:
    await never_close(db, cast.office_space)
    async with transaction(db) as tx:
        await tx.execute("INSERT INTO public_holiday (day, name_pl, name_en) VALUES ('2026-12-24', '', '')")
    eve = local_days(date(2026, 12, 24))
    await take_room(db, cast, cast.office_space, on(date(2026, 12, 23), "12:00", "0:00"))
    found = await near(db, cast.office_space, on(date(2026, 12, 23), "20:00", "0:00"), limit=20)
    assert found and not [one for one in found if one.period.overlaps(eve)]


async def test_nothing_in_the_past_and_nothing_beyond_the_horizon(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, horizon_days=1)
    found = await near(db, cast.room_s, on(date(2026, 9, 7), "9:00", "10:00"), limit=50)
    own = [one.period for one in found if one.space_id == cast.room_s]
    assert own
    assert all(period.start >= NOW and period.end <= NOW + timedelta(days=2) for period in own)


async def test_only_spaces_open_to_the_same_people(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, audience=["ngo"])
    await take_room(db, cast, cast.room_a, tuesday("10:00", "11:00"))
    assert {s.space_slug for s in await near(db, cast.room_a, tuesday("10:00", "11:00"))} == {"a"}


async def test_longer_than_a_day(db: Database, cast: Cast) -> None:
    wanted = Period(tuesday("8:00", "9:00").start, tuesday("8:00", "9:00").start + timedelta(days=2))
    assert await near(db, cast.room_s, wanted) == [], "the room is never open that long"
