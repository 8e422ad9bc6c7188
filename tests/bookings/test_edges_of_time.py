"""The nights when the clock changes, Christmas Eve, midnights, and a hold that lapses in this very moment."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.confirm import HoldLapsed, confirm
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold
from incubator.bookings.offer import starts
from incubator.bookings.place import QuotaSpent, SlotTaken
from incubator.bookings.rules import OffGrid, OutsideOpeningHours, TooFarAhead, TooShort
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.calendars.make_feed import make_feed
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_days, local_midnight, local_moment
from incubator.occupancy.free import availability
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.sync_holidays import public_holidays, sync_holidays
from tests.auditing import audit
from tests.calendars.readers import with_icalendar
from tests.cast import Cast, Person, acting, change
from tests.conftest import Clockwork
from tests.moments import NOW, on, tuesday

Visit = Callable[..., httpx.AsyncClient]

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
HOUR = timedelta(hours=1)
NIGHTS = pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 4), (SPRING, 2)], ids=["autumn", "spring"])
"""From one to four on the clock, and how long that really is."""


async def never_closed(db: Database, cast: Cast, *, quota_minutes: int | None = None, **rules: object) -> UUID:
    """The office, open day and night, under a weekly quota where one is given."""
    space = cast.office_space
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes)"
            " SELECT $1, weekday, 0, 1440 FROM generate_series(1, 7) AS weekday",
            space,
        )
        if quota_minutes is not None:
            rules["quota_id"] = uuid7()
            await tx.execute(
                "INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes, person_minutes)"
                " VALUES ($1, $2, '', 'week', $3, $3)",
                rules["quota_id"],
                cast.las,
                quota_minutes,
            )
        await change(
            tx, space, **{"horizon_days": 400, "longest_minutes": 10_080, "closed_on_holidays": False, **rules}
        )
    return space


async def book(db: Database, who: Person, space: UUID, period: Period, **said: object) -> BookingView:
    actor = await acting(db, who)
    given = {"outright": True, "now": NOW, **said}
    async with statement(db) as tx:
        return await hold(tx, actor=actor, space_id=space, period=period, **given)  # type: ignore[arg-type]


async def drawn(db: Database) -> dict[date, int]:
    async with statement(db) as tx:
        return {row["starts"]: row["minutes"] for row in await tx.fetch("SELECT starts, minutes FROM quota_use")}


# The two nights


@NIGHTS
async def test_a_night_is_as_long_as_it_really_is_in_the_rules_the_quota_and_the_occupancy(
    db: Database, cast: Cast, day: date, hours: int
) -> None:
    office = await never_closed(db, cast, quota_minutes=hours * 60)
    made = await book(db, cast.member, office, on(day, "1:00", "4:00"))
    assert made.period.length == hours * HOUR
    assert await drawn(db) == {day - timedelta(days=6): hours * 60}
    async with statement(db) as tx:
        taken = await tx.fetchval("SELECT upper(during) - lower(during) FROM occupancy WHERE subject_id = $1", made.id)
        assert taken == hours * HOUR
        slot = await tx.fetchval("SELECT upper(slot) - lower(slot) FROM occupancy WHERE subject_id = $1", made.id)
        assert slot == hours * 3600
        assert await audit(tx) == []
    with pytest.raises(QuotaSpent):
        await book(db, cast.member, office, on(day, "6:00", "6:30"))
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
    assert set((await drawn(db)).values()) == {0}


@NIGHTS
async def test_a_calendar_shows_the_night_as_long_as_it_is(
    visit: Visit, db: Database, cast: Cast, day: date, hours: int
) -> None:
    office = await never_closed(db, cast)
    made = await book(db, cast.member, office, on(day, "1:00", "4:00"))
    actor = await acting(db, cast.member)
    feed = await attempt(db, lambda tx: make_feed(tx, actor=actor, name="", now=NOW))
    [seen] = with_icalendar((await visit().get(f"/calendars/personal/{feed.secret}.ics")).content)
    assert (seen.start, seen.end - seen.start) == (made.period.start.timestamp(), hours * 3600)


@NIGHTS
async def test_the_page_tells_the_night_by_the_clock_on_the_wall(
    visit: Visit, db: Database, cast: Cast, day: date, hours: int
) -> None:
    office = await never_closed(db, cast)
    made = await book(db, cast.member, office, on(day, "1:00", "4:00"))
    assert "01:00–04:00" in (await visit(cast.member).get(f"/bookings/{made.id}")).text


async def test_the_hour_that_comes_twice_can_be_booked_twice(visit: Visit, db: Database, cast: Cast) -> None:
    office = await never_closed(db, cast, grid_minutes=60, shortest_minutes=60)
    first = Period(local_moment(AUTUMN, 120), local_moment(AUTUMN, 120) + HOUR)
    second = first.moved(HOUR)
    assert second.end == local_moment(AUTUMN, 180)
    await book(db, cast.member, office, first)
    again = await book(db, cast.stranger, office, second)
    for taken in (first, second):
        with pytest.raises(SlotTaken):
            await book(db, cast.resident, office, taken)
    actor = await acting(db, cast.stranger)
    feed = await attempt(db, lambda tx: make_feed(tx, actor=actor, name="", now=NOW))
    octets = (await visit().get(f"/calendars/personal/{feed.secret}.ics")).content
    # The clock would not say which of the two is meant.
    assert b"DTSTART:20261025T010000Z\r\nDTEND:20261025T020000Z" in octets
    [seen] = with_icalendar(octets)
    assert (seen.start, seen.end) == (again.period.start.timestamp(), again.period.end.timestamp())


async def test_both_of_the_doubled_hours_are_offered_and_neither_is_refused(db: Database, cast: Cast) -> None:
    office = await never_closed(db, cast, grid_minutes=60, shortest_minutes=60, longest_minutes=60)
    night = local_days(AUTUMN)
    async with statement(db) as tx:
        rules = (await space_by_id(tx, space_id=office)).rules
        [times] = await availability(tx, space_ids=[office], span=night, now=NOW)
    free = [Period(start, end) for start, end in times.free]
    offered = starts(free, rules, within=night, now=NOW)
    assert [one.moment.hour for one in offered][:4] == [22, 23, 0, 1]
    assert len(offered) == 25
    for one in offered:
        await book(db, cast.member, office, Period(one.moment, one.until))


async def test_an_hour_that_does_not_exist_is_no_length(db: Database, cast: Cast) -> None:
    office = await never_closed(db, cast, shortest_minutes=60)
    across = Period(local_moment(SPRING, 90), local_moment(SPRING, 180))
    assert across.length == timedelta(minutes=30)
    with pytest.raises(TooShort):
        await book(db, cast.member, office, across)
    with pytest.raises(OffGrid):
        await book(db, cast.member, office, Period(local_moment(SPRING, 100), local_moment(SPRING, 240)))
    assert (await book(db, cast.member, office, on(SPRING, "1:30", "3:30"))).period.length == HOUR


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
async def test_the_pause_after_a_booking_is_real_time_too(db: Database, cast: Cast, day: date) -> None:
    """From one on the clock for an hour, then half an hour to clean up, whatever the clock does meanwhile."""
    office = await never_closed(db, cast, turnaround_minutes=30)
    first = Period(local_moment(day, 60), local_moment(day, 60) + HOUR)
    await book(db, cast.member, office, first)
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, office, first.moved(HOUR))
    await book(db, cast.stranger, office, first.moved(timedelta(minutes=90)))
    async with statement(db) as tx:
        [times] = await availability(tx, space_ids=[office], span=local_days(day), now=NOW)
        assert await audit(tx) == []
    free = [Period(start, end) for start, end in times.free]
    assert next(one.end for one in free) == first.start - timedelta(minutes=30)


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 25), (SPRING, 23)])
async def test_the_days_of_change_are_open_for_as_long_as_they_last(
    db: Database, cast: Cast, day: date, hours: int
) -> None:
    office = await never_closed(db, cast)
    async with statement(db) as tx:
        [times] = await availability(tx, space_ids=[office], span=local_days(day), now=NOW)
    assert times.open == ((local_midnight(day), local_midnight(day + timedelta(days=1))),)
    assert times.open[0][1] - times.open[0][0] == hours * HOUR
    await book(db, cast.member, office, local_days(day))


# Midnights


async def test_a_weekend_of_the_change_is_drawn_from_two_weeks_minute_by_minute(db: Database, cast: Cast) -> None:
    office = await never_closed(db, cast, quota_minutes=5000)
    away = Period(local_moment(date(2026, 10, 24), 22 * 60), local_moment(date(2026, 10, 26), 120))
    made = await book(db, cast.member, office, away)
    assert await drawn(db) == {date(2026, 10, 19): (2 + 25) * 60, date(2026, 10, 26): 120}
    assert made.period.minutes == 29 * 60


async def test_a_stay_over_the_night_needs_a_place_that_is_open_all_night(db: Database, cast: Cast) -> None:
    night = Period(tuesday("18:00", "19:00").start, on(date(2026, 9, 9), "9:00", "10:00").start)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, longest_minutes=10_080)
    with pytest.raises(OutsideOpeningHours):
        await book(db, cast.member, cast.room_l, night)
    office = await never_closed(db, cast)
    assert (await book(db, cast.member, office, night)).period == night


async def test_a_stay_of_days_blocks_every_hour_of_it_for_everybody(db: Database, cast: Cast) -> None:
    office = await never_closed(db, cast)
    week = Period(local_moment(date(2026, 10, 22), 600), local_moment(date(2026, 10, 28), 600))
    await book(db, cast.member, office, week)
    for day in range(22, 28):
        for hour in (0, 2, 10, 23):
            start = local_moment(date(2026, 10, day), hour * 60)
            if start >= week.start:
                with pytest.raises(SlotTaken):
                    await book(db, cast.stranger, office, Period(start, start + HOUR))
    await book(db, cast.stranger, office, Period(week.end, week.end + HOUR))


async def test_the_last_bookable_day_ends_at_midnight_in_warsaw(db: Database, cast: Cast) -> None:
    """48 days from 7 September is the Sunday with 25 hours."""
    office = await never_closed(db, cast, horizon_days=48)
    midnight = local_midnight(AUTUMN + timedelta(days=1))
    await book(db, cast.member, office, Period(midnight - HOUR, midnight + HOUR))
    with pytest.raises(TooFarAhead):
        await book(db, cast.member, office, Period(midnight + HOUR, midnight + 2 * HOUR))
    late = datetime(2026, 9, 7, 21, 59, tzinfo=UTC)
    with pytest.raises(TooFarAhead):
        await book(db, cast.member, office, Period(midnight + HOUR, midnight + 2 * HOUR), now=late)
    await book(db, cast.member, office, Period(midnight + HOUR, midnight + 2 * HOUR), now=late + timedelta(minutes=1))


# Christmas Eve


def test_christmas_eve_is_a_public_holiday_from_2025_on() -> None:
    eves = {day.year for day, _, _ in public_holidays(range(2023, 2030)) if (day.month, day.day) == (12, 24)}
    assert eves == {2025, 2026, 2027, 2028, 2029}


async def test_on_christmas_eve_nobody_comes_unless_the_house_says_so(db: Database, cast: Cast) -> None:
    eve, day_before = date(2026, 12, 24), date(2026, 12, 23)
    async with transaction(db) as tx:
        await sync_holidays(tx, years=range(2024, 2031))
        for room in (cast.room_l, cast.room_a, cast.room_s):
            await change(tx, room, horizon_days=200)
        await change(tx, cast.room_a, closed_on_holidays=False)
        await tx.execute(
            "INSERT INTO dated_hours (space_id, day, opens, closes, note) VALUES ($1, $2, 600, 720, 'Wigilia')",
            cast.room_s,
            eve,
        )
        rooms = [cast.room_l, cast.room_a, cast.room_s]
        times = {
            one.space_id: one.open for one in await availability(tx, space_ids=rooms, span=local_days(eve), now=NOW)
        }
    assert [sum((end - start for start, end in times[room]), timedelta()) for room in rooms] == [
        timedelta(),
        12 * HOUR,
        2 * HOUR,
    ]
    with pytest.raises(OutsideOpeningHours):
        await book(db, cast.member, cast.room_l, on(eve, "10:00", "11:00"))
    await book(db, cast.member, cast.room_l, on(day_before, "10:00", "11:00"))
    await book(db, cast.member, cast.room_a, on(eve, "10:00", "11:00"))
    await book(db, cast.member, cast.room_s, on(eve, "10:00", "11:00"))


# A hold that lapses while its owner confirms it

LAPSED = NOW + timedelta(minutes=15)
HELD = tuesday("10:00", "11:00")


async def test_who_has_begun_to_confirm_keeps_what_the_job_comes_to_release(db: Database, cast: Cast) -> None:
    made, actor = await book(db, cast.member, cast.room_s, HELD, outright=False), await acting(db, cast.member)
    async with transaction(db) as confirming:
        await confirm(confirming, actor=actor, booking_id=made.id, now=LAPSED)
        async with transaction(db) as tx:
            assert await expire_overdue(tx, now=LAPSED) == []
        another = asyncio.create_task(book(db, cast.stranger, cast.room_s, HELD, now=LAPSED))
        await asyncio.sleep(0.1)
        assert not another.done(), "it did not wait to learn whether the time is really taken"
    with pytest.raises(SlotTaken):
        await another
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM booking") == "confirmed"
        assert await audit(tx) == []


async def test_what_was_released_a_moment_before_is_not_confirmed(db: Database, cast: Cast) -> None:
    made, actor = await book(db, cast.member, cast.room_s, HELD, outright=False), await acting(db, cast.member)

    async def confirm_it() -> BookingView:
        return await attempt(db, lambda tx: confirm(tx, actor=actor, booking_id=made.id, now=LAPSED))

    async with transaction(db) as releasing:
        assert await expire_overdue(releasing, now=LAPSED) == [made.id]
        task = asyncio.create_task(confirm_it())
        await asyncio.sleep(0.1)
        assert not task.done(), "it did not wait to learn what became of the hold"
    with pytest.raises(HoldLapsed):
        await task
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_of_an_owner_who_confirms_and_another_who_wants_the_time_one_gets_it(
    db: Database, cast: Cast, clock: Clockwork
) -> None:
    """Forty lapsed holds, each confirmed, wanted and tidied up at once."""
    owner, other = await acting(db, cast.member), await acting(db, cast.stranger)
    outcomes: list[tuple[str, str]] = []

    async def told(act: object) -> str:
        try:
            return (await act).state  # type: ignore[misc, no-any-return]
        except Refusal as refusal:
            return refusal.code

    async def tidy() -> None:
        await attempt(db, lambda tx: expire_overdue(tx, now=LAPSED))

    async def one(turn: int) -> None:
        period = on(date(2026, 9, 8 + turn // 8), f"{9 + turn % 8}:00", f"{10 + turn % 8}:00")
        made = await book(db, cast.member, cast.room_s, period, outright=False)
        mine = told(attempt(db, lambda tx: confirm(tx, actor=owner, booking_id=made.id, now=LAPSED)))
        theirs = told(
            attempt(
                db,
                lambda tx: hold(tx, actor=other, space_id=cast.room_s, period=period, outright=True, now=LAPSED),
                bare=True,
            )
        )
        if turn % 2:
            _, mine_told, theirs_told = await asyncio.gather(tidy(), mine, theirs)
        else:
            theirs_told, mine_told, _ = await asyncio.gather(theirs, mine, tidy())
        outcomes.append((mine_told, theirs_told))

    for batch in range(0, 32, 4):
        await asyncio.gather(*(one(turn) for turn in range(batch, batch + 4)))
    possible = {
        (State.CONFIRMED, "slot_taken"),
        ("hold_lapsed", State.CONFIRMED),
        # Released by the job after the other had looked: nobody's fault, and the time is free.
        ("hold_lapsed", "slot_taken"),
    }
    assert set(outcomes) <= possible, outcomes
    async with statement(db) as tx:
        assert await audit(tx) == []
        firm = await tx.fetchval("SELECT count(*) FROM occupancy WHERE state = 'firm'")
    assert firm == sum(State.CONFIRMED in pair for pair in outcomes)
