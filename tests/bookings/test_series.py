"""A series is one object: every date is booked or kept with the reason why not."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from incubator.bookings.draft import NotAMember
from incubator.bookings.hold import hold
from incubator.bookings.place import QuotaSpent, SlotTaken
from incubator.bookings.queries import booking_for
from incubator.bookings.repeat import NoDateCanBeHad, repeat
from incubator.bookings.rules import OutsideOpeningHours
from incubator.bookings.series import NoSuchSeries, SeriesView, series_for, series_of
from incubator.bookings.series_rules import Pattern, TooManyOccurrences
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.db.versions import version_of
from incubator.kernel.period import WARSAW, Period
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, TUESDAY, on, tuesday

FOUR_TUESDAYS = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, count=4)


async def again(db: Database, who: Person, space: UUID, pattern: Pattern = FOUR_TUESDAYS, **said: object) -> SeriesView:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: repeat(tx, actor=actor, space_id=space, pattern=pattern, now=NOW, **said),  # type: ignore[arg-type]
    )


async def book(db: Database, who: Person, space: UUID, period: Period) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=NOW)


def states(series: SeriesView) -> list[str]:
    return [one.code or one.state for one in series.occurrences]


async def test_each_date_is_a_booking_of_its_own(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme, title="Stand-up")
    assert states(series) == ["confirmed"] * 4
    assert [one.period for one in series.occurrences] == [
        on(TUESDAY + timedelta(weeks=n), "10:00", "12:00") for n in range(4)
    ]
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        third = await booking_for(tx, actor=member, booking_id=series.occurrences[2].booking_id or uuid4())
        assert (third.series_id, third.occurrence, third.title) == (series.id, 3, "Stand-up")
        assert [deed["verb"] for deed in await history_of(tx, subject_id=series.id)] == ["repeat"]
        assert await version_of(tx, [cast.room_l]) == 1, "calendars look again once, not for each date"
        mails = await tx.fetch("SELECT subject, text FROM mail")
        assert [mail["subject"] for mail in mails] == ["Your series: L, 4 dates"]
        assert mails[0]["text"].count("10:00–12:00") == 4


async def test_dates_that_cannot_be_had_are_kept_with_the_reason(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=120)
        await tx.execute("INSERT INTO public_holiday (day, name_pl, name_en) VALUES ('2026-12-24', '', '')")
    await book(db, cast.stranger, cast.room_l, on(date(2026, 12, 17), "11:00", "13:00"))
    thursdays = Pattern(first_day=date(2026, 12, 10), weekdays=(4,), start_minute=600, length_minutes=120, count=5)
    series = await again(db, cast.member, cast.room_l, thursdays)
    assert states(series) == ["confirmed", "slot_taken", "outside_opening_hours", "confirmed", "too_far_ahead"]
    assert series.occurrences[1].booking_id is None and series.occurrences[1].sentence
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail")
    assert "Not booked:" in text and "somebody else has this time" in text and "\n\n\n" not in text


async def test_where_no_date_can_be_had_nothing_is_left_behind(db: Database, cast: Cast) -> None:
    sundays = Pattern(first_day=date(2026, 9, 13), weekdays=(7,), start_minute=600, length_minutes=120, count=4)
    with pytest.raises(OutsideOpeningHours):
        await again(db, cast.member, cast.room_l, sundays)
    await book(db, cast.stranger, cast.room_l, on(date(2026, 9, 12) + timedelta(days=2), "10:00", "12:00"))
    mixed = Pattern(first_day=date(2026, 9, 13), weekdays=(1, 7), start_minute=600, length_minutes=120, count=2)
    with pytest.raises(NoDateCanBeHad) as refused:
        await again(db, cast.member, cast.room_l, mixed)
    assert refused.value.codes == {"outside_opening_hours": 1, "slot_taken": 1}
    with pytest.raises(TooManyOccurrences):
        await again(db, cast.member, cast.room_l, Pattern(**{**as_dict(FOUR_TUESDAYS), "count": 10_000}))
    with pytest.raises(NotAMember):
        await again(db, cast.member, cast.room_l, organisation_id=cast.rival)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM series") == 0
        assert await tx.fetchval("SELECT count(*) FROM series_skip") == 0
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0


def as_dict(pattern: Pattern) -> dict[str, object]:
    return {name: getattr(pattern, name) for name in pattern.__slots__}


async def test_the_quota_counts_every_date(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=240)
    daily = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5), start_minute=600, length_minutes=120, count=5)
    series = await again(db, cast.member, cast.room_l, daily, organisation_id=cast.acme)
    assert states(series) == ["confirmed", "confirmed", "quota_spent", "quota_spent", "confirmed"], "a new week, anew"


async def test_two_series_of_one_organisation_never_book_more_than_the_quota(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=240)
    daily = Pattern(first_day=TUESDAY, weekdays=(2, 3, 4, 5), start_minute=600, length_minutes=60, count=4)
    await asyncio.gather(
        again(db, cast.member, cast.room_l, daily, organisation_id=cast.acme),
        again(db, cast.colleague, cast.room_s, daily, organisation_id=cast.acme),
        again(db, cast.owner, cast.room_a, daily, organisation_id=cast.acme),
        return_exceptions=True,
    )
    async with statement(db) as tx:
        booked = await tx.fetchval("SELECT count(*) FROM booking WHERE state = 'confirmed'")
        assert (booked, await tx.fetchval("SELECT minutes FROM quota_use")) == (4, 240)


async def give_quota(db: Database, cast: Cast, *, minutes: int) -> None:
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes, person_minutes)"
            " VALUES ($1, $2, '', 'week', $3, $3)",
            quota := uuid4(),
            cast.las,
            minutes,
        )
        for room in (cast.room_l, cast.room_a, cast.room_s):
            await change(tx, room, quota_id=quota)


async def test_series_and_single_bookings_at_once_never_share_a_date(db: Database, cast: Cast) -> None:
    weekly = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5), start_minute=600, length_minutes=120, count=40)
    days = [TUESDAY + timedelta(days=n) for n in range(50)]

    async def singles(who: Person) -> int:
        won = 0
        for day in reversed([day for day in days if day.isoweekday() < 6]):
            try:
                actor = await acting(db, who)
                await attempt(
                    db,
                    lambda tx, day=day, actor=actor: hold(  # type: ignore[misc]
                        tx, actor=actor, space_id=cast.room_l, period=on(day, "11:00", "13:00"), outright=True, now=NOW
                    ),
                )
                won += 1
            except SlotTaken:
                pass
        return won

    results = await asyncio.gather(
        again(db, cast.member, cast.room_l, weekly),
        again(db, cast.colleague, cast.room_la, weekly),
        singles(cast.stranger),
        return_exceptions=True,
    )
    for result in results:
        assert not isinstance(result, Exception) or isinstance(result, SlotTaken), result
    async with statement(db) as tx:
        double = await tx.fetchval(
            "SELECT count(*) FROM occupancy a JOIN occupancy b USING (resource_id)"
            " WHERE a.id < b.id AND a.during && b.during"
        )
        booked = await tx.fetchval("SELECT count(*) FROM booking WHERE state = 'confirmed'")
    kept = sum(state == "confirmed" for one in results if isinstance(one, SeriesView) for state in states(one))
    assert double == 0
    assert booked == kept + (results[2] if isinstance(results[2], int) else 0)


@pytest.mark.parametrize(("saturday", "hours"), [(date(2026, 10, 17), [8, 9, 8]), (date(2027, 3, 20), [8, 7, 8])])
async def test_nights_end_on_the_same_clock_over_both_changes(
    db: Database, cast: Cast, saturday: date, hours: list[int]
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.office_space, horizon_days=300, longest_minutes=600)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, d, 0, 1440 FROM generate_series(1, 7) d",
            cast.office_space,
        )
    nights = Pattern(first_day=saturday, weekdays=(6,), start_minute=1320, length_minutes=480, count=3)
    series = await again(db, cast.member, cast.office_space, nights)
    assert [one.period.minutes // 60 for one in series.occurrences] == hours
    assert {f"{one.period.end.astimezone(WARSAW):%H:%M}" for one in series.occurrences} == {"06:00"}
    assert states(series) == ["confirmed"] * 3


async def test_dates_of_several_days_are_booked_whole(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.office_space, longest_minutes=4400)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, d, 0, 1440 FROM generate_series(1, 7) d",
            cast.office_space,
        )
    days = Pattern(first_day=date(2026, 10, 19), weekdays=(5,), start_minute=0, length_minutes=3 * 1440, count=2)
    series = await again(db, cast.member, cast.office_space, days)
    assert [one.period.minutes // 60 for one in series.occurrences] == [73, 72], "the first has the long night"


async def test_a_series_is_seen_by_its_people_and_its_coordinator(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    for who, sees in (
        (cast.member, True),
        (cast.colleague, True),
        (cast.coordinator, True),
        (cast.administrator, True),
        (cast.stranger, False),
        (cast.other_coordinator, False),
        (cast.resident, False),
    ):
        actor = await acting(db, who)
        async with statement(db) as tx:
            try:
                assert (await series_for(tx, actor=actor, series_id=series.id)).id == series.id
                assert sees
            except NoSuchSeries:
                assert not sees, who.email
            mine = [one.id for one in await series_of(tx, actor=actor, now=NOW)]
            assert mine == ([series.id] if who in (cast.member, cast.colleague) else [])


async def test_a_date_taken_by_a_single_booking_of_the_same_holder_is_skipped_too(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    assert states(await again(db, cast.member, cast.room_l))[0] == "slot_taken"
    assert QuotaSpent.code == "quota_spent"
