"""Open, taken and free, against a slow reckoning of the same in Python."""

import random
from datetime import UTC, date, datetime, timedelta

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period, local_days
from incubator.occupancy.free import availability
from incubator.occupancy.take import take
from tests.cast import Cast, change
from tests.moments import MONDAY, NOW, TUESDAY, on, tuesday


async def times(db: Database, space: object, span: Period, now: datetime = NOW) -> dict[str, list[Period]]:
    async with statement(db) as tx:
        (found,) = await availability(tx, space_ids=[space], span=span, now=now)  # type: ignore[list-item]
    return {name: [Period(*pair) for pair in getattr(found, name)] for name in ("open", "taken", "free")}


async def occupy(db: Database, space: object, period: Period, **said: object) -> None:
    async with transaction(db) as tx:
        resources = [r[0] for r in await tx.fetch("SELECT resource_id FROM space_resource WHERE space_id = $1", space)]
        assert await take(
            tx,
            resource_ids=resources,
            period=period,
            purpose="block",
            subject_id=space,
            **said,  # type: ignore[arg-type]
        )


async def test_open_day_without_bookings_is_free(db: Database, cast: Cast) -> None:
    found = await times(db, cast.room_l, local_days(TUESDAY))
    assert found == {"open": [tuesday("8:00", "20:00")], "taken": [], "free": [tuesday("8:00", "20:00")]}


async def test_weekend_is_closed(db: Database, cast: Cast) -> None:
    assert (await times(db, cast.room_l, local_days(date(2026, 9, 12), 2)))["open"] == []


async def test_taken_time_is_cut_out(db: Database, cast: Cast) -> None:
    await occupy(db, cast.room_l, tuesday("10:00", "11:00"))
    found = await times(db, cast.room_l, local_days(TUESDAY))
    assert found["taken"] == [tuesday("10:00", "11:00")]
    assert found["free"] == [tuesday("8:00", "10:00"), tuesday("11:00", "20:00")]


async def test_joined_room_is_taken_where_a_part_is(db: Database, cast: Cast) -> None:
    await occupy(db, cast.room_a, tuesday("10:00", "11:00"))
    assert (await times(db, cast.room_la, local_days(TUESDAY)))["taken"] == [tuesday("10:00", "11:00")]


async def test_turnaround_has_to_fit_before_the_next(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    await occupy(db, cast.room_l, tuesday("12:00", "13:30"))
    found = await times(db, cast.room_l, local_days(TUESDAY))
    assert found["free"] == [tuesday("8:00", "11:30"), tuesday("13:30", "20:00")]


async def test_lapsed_hold_is_free_and_a_live_one_is_not(db: Database, cast: Cast) -> None:
    await occupy(db, cast.room_l, tuesday("10:00", "11:00"), state="held", expires_at=NOW + timedelta(minutes=15))
    assert (await times(db, cast.room_l, local_days(TUESDAY)))["taken"]
    assert not (await times(db, cast.room_l, local_days(TUESDAY), NOW + timedelta(minutes=15)))["taken"]


async def test_one_that_began_long_before_the_span_is_seen(db: Database, cast: Cast) -> None:
    await occupy(db, cast.room_l, Period(NOW - timedelta(days=80), tuesday("9:00", "10:00").end))
    found = await times(db, cast.room_l, local_days(TUESDAY))
    assert found["free"] == [tuesday("10:00", "20:00")]


async def test_exception_closure_and_holiday(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO dated_hours (incubator_id, day, opens, closes, note) VALUES ($1, $2, 600, 720, '')",
            cast.las,
            TUESDAY,
        )
        await tx.execute("INSERT INTO public_holiday VALUES ($1, 'x', 'x')", MONDAY)
        await tx.execute(
            "INSERT INTO closure (gmina_id, incubator_id, space_id, during, reason_pl, reason_en)"
            " VALUES ($1, $2, $3, tstzrange($4, $5), 'malowanie', '')",
            cast.niepolomice,
            cast.las,
            cast.room_a,
            tuesday("11:00", "11:30").start,
            tuesday("11:00", "11:30").end,
        )
    span = local_days(MONDAY, 2)
    assert (await times(db, cast.room_l, span))["open"] == [tuesday("10:00", "12:00")]
    pieces = [tuesday("10:00", "11:00"), tuesday("11:30", "12:00")]
    assert (await times(db, cast.room_a, span))["open"] == pieces
    assert (await times(db, cast.room_la, span))["open"] == pieces


async def test_clock_change_days_are_23_and_25_hours(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        for weekday in range(1, 8):
            await tx.execute(
                "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)",
                cast.office_space,
                weekday,
            )
    for day, hours in ((date(2026, 10, 25), 25), (date(2027, 3, 28), 23)):
        (stretch,) = (await times(db, cast.office_space, local_days(day)))["open"]
        assert stretch.length == timedelta(hours=hours)


async def test_against_a_slow_reckoning(db: Database, cast: Cast) -> None:
    """Minute by minute over a week of random bookings, in every room."""
    dice = random.Random(7)
    for room in (cast.room_l, cast.room_a, cast.room_s):
        for day in range(5):
            start = 8 * 60 + dice.randrange(0, 5) * 30
            while start < 18 * 60:
                end = start + dice.randrange(1, 5) * 30
                clock = f"{start // 60}:{start % 60:02}", f"{end // 60}:{end % 60:02}"
                await occupy(db, room, on(MONDAY + timedelta(days=day), *clock))
                start = end + dice.randrange(0, 4) * 30
    span = local_days(MONDAY, 7)
    taken = {
        room: {
            minute
            for period in (await times(db, room, span))["taken"]
            for minute in range(int(period.start.timestamp()) // 60, int(period.end.timestamp()) // 60)
        }
        for room in (cast.room_l, cast.room_a, cast.room_la)
    }
    assert taken[cast.room_la] == taken[cast.room_l] | taken[cast.room_a]
    for room, minutes in taken.items():
        for period in (await times(db, room, span))["free"]:
            inside = range(int(period.start.timestamp()) // 60, int(period.end.timestamp()) // 60)
            assert not minutes & set(inside)
            clock = datetime.fromtimestamp(inside[0] * 60, UTC)
            assert clock.weekday() < 5
        free = sum(period.minutes for period in (await times(db, room, span))["free"])
        assert free == 5 * 12 * 60 - len(minutes)
