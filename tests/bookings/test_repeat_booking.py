"""A booking becomes the first date of its series, and keeps what it has."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.change_series import change_series
from incubator.bookings.hold import hold
from incubator.bookings.place import SlotTaken
from incubator.bookings.queries import NoSuchBooking, booking_for, bookings_of, history_for
from incubator.bookings.repeat_booking import AlreadyInSeries, NothingToRepeat, on_the_clock, repeat_booking
from incubator.bookings.series import SeriesView
from incubator.bookings.series_choice import Which
from incubator.bookings.series_lines import lines_of
from incubator.bookings.series_outcome import Change
from incubator.bookings.series_rules import SeriesWithoutEnd
from incubator.bookings.settle import WrongState
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.people.guards import NotYours
from tests.auditing import audit
from tests.bookings.test_series import book, give_quota, states
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, TUESDAY, on, tuesday

TEN = tuesday("10:00", "12:00")


async def booked(db: Database, who: Person, space: UUID, period: Period = TEN, **said: object) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=NOW, **said)  # type: ignore[arg-type]


async def make_series(db: Database, who: Person, booking: BookingView, **rhythm: object) -> SeriesView:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: repeat_booking(tx, actor=actor, booking_id=booking.id, now=NOW, **({"count": 4} | rhythm)),  # type: ignore[arg-type]
    )


async def found(db: Database, who: Person, booking: BookingView) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await booking_for(tx, actor=actor, booking_id=booking.id)


async def clean(db: Database) -> list[str]:
    async with statement(db) as tx:
        return await audit(tx)


async def test_the_booking_is_the_first_date_and_the_others_are_booked(db: Database, cast: Cast) -> None:
    mine = await booked(db, cast.member, cast.room_l, organisation_id=cast.acme, title="Stand-up", attendees=5)
    series = await make_series(db, cast.member, mine)
    assert series.occurrences[0].booking_id == mine.id
    assert [one.period for one in series.occurrences] == [
        on(TUESDAY + timedelta(weeks=n), "10:00", "12:00") for n in range(4)
    ]
    assert states(series) == ["confirmed"] * 4
    now_it_is = await found(db, cast.member, mine)
    assert (now_it_is.series_id, now_it_is.occurrence, now_it_is.sequence) == (series.id, 1, mine.sequence + 1)
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        second = await booking_for(tx, actor=member, booking_id=series.occurrences[1].booking_id or mine.id)
        assert (second.title, second.attendees, second.organisation_id) == ("Stand-up", 5, cast.acme)
        assert [deed["verb"] for deed in await history_for(tx, actor=member, booking_id=mine.id)] == ["book", "repeat"]
        mails = await tx.fetch("SELECT subject, text FROM mail")
    assert [mail["subject"] for mail in mails] == ["Your series: L, 4 dates"]
    assert f"/bookings/series/{series.id}" in mails[0]["text"]
    assert await clean(db) == []


async def test_nothing_is_counted_twice_in_the_quota(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=240)
    mine = await booked(db, cast.member, cast.room_l, organisation_id=cast.acme)
    series = await make_series(db, cast.member, mine, weekdays=(2, 3, 4), count=4)
    assert states(series) == ["confirmed", "confirmed", "quota_spent", "confirmed"], "two hours were drawn before"
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT minutes FROM quota_use ORDER BY starts")
    assert [row["minutes"] for row in rows] == [240, 120]
    assert await clean(db) == []


async def test_a_request_stays_a_request_and_so_do_its_dates(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    mine = await booked(db, cast.member, cast.room_l)
    assert states(await make_series(db, cast.member, mine)) == ["awaiting_approval"] * 4


async def test_dates_that_cannot_be_had_are_kept_with_the_reason(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    mine = await booked(db, cast.member, cast.room_l)
    assert states(await make_series(db, cast.member, mine, count=3)) == ["confirmed", "slot_taken", "confirmed"]


async def test_where_no_other_date_can_be_had_the_booking_stays_alone(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    mine = await booked(db, cast.member, cast.room_l)
    with pytest.raises(SlotTaken):
        await make_series(db, cast.member, mine, count=2)
    assert await found(db, cast.member, mine) == mine
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM series") == 0


async def test_all_takes_the_booking_along(db: Database, cast: Cast) -> None:
    mine = await booked(db, cast.member, cast.room_l)
    series = await make_series(db, cast.member, mine)
    member = await acting(db, cast.member)
    async with transaction(db) as tx:
        moved = await change_series(
            tx, actor=member, series_id=series.id, which=Which.ALL, change=Change(start_minute=840), now=NOW
        )
    assert moved.changed == 4
    assert (await found(db, cast.member, mine)).period == tuesday("14:00", "16:00")
    async with transaction(db) as tx:
        await cancel_series(tx, actor=member, series_id=series.id, which=Which.ALL, now=NOW)
    assert (await found(db, cast.member, mine)).state == "cancelled"
    assert await clean(db) == []


@pytest.mark.parametrize(
    ("rhythm", "refusal"),
    [
        ({"count": 1}, NothingToRepeat),
        ({"count": None, "until_day": TUESDAY + timedelta(days=6)}, NothingToRepeat),
        ({"count": None}, SeriesWithoutEnd),
        ({"count": 3, "until_day": TUESDAY + timedelta(days=30)}, SeriesWithoutEnd),
    ],
)
async def test_what_makes_no_series_is_refused(
    db: Database, cast: Cast, rhythm: dict[str, object], refusal: type[Refusal]
) -> None:
    mine = await booked(db, cast.member, cast.room_l)
    with pytest.raises(refusal):
        await make_series(db, cast.member, mine, **rhythm)


async def test_only_its_people_repeat_it(db: Database, cast: Cast) -> None:
    mine = await booked(db, cast.member, cast.room_l, organisation_id=cast.acme)
    for other in (cast.stranger, cast.resident, cast.other_coordinator, cast.office):
        with pytest.raises(NoSuchBooking):
            await make_series(db, other, mine)
    with pytest.raises(NotYours):
        await make_series(db, cast.coordinator, mine)
    series = await make_series(db, cast.colleague, mine)
    assert series.account_id == cast.colleague.id and series.organisation_id == cast.acme


async def test_what_is_called_off_or_only_held_is_not_repeated(db: Database, cast: Cast) -> None:
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        held = await hold(tx, actor=member, space_id=cast.room_l, period=TEN, now=NOW)
    with pytest.raises(WrongState):
        await make_series(db, cast.member, held)


async def test_of_two_who_repeat_one_booking_at_once_exactly_one_does(db: Database, cast: Cast) -> None:
    mine = await booked(db, cast.member, cast.room_l, organisation_id=cast.acme)
    results = await asyncio.gather(
        *(make_series(db, who, mine) for who in (cast.member, cast.colleague, cast.owner)), return_exceptions=True
    )
    assert sum(isinstance(one, SeriesView) for one in results) == 1
    assert sum(isinstance(one, AlreadyInSeries) for one in results) == 2
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM series") == 1
        assert await tx.fetchval("SELECT count(*) FROM booking") == 4
    assert await clean(db) == []


async def test_a_list_shows_a_series_once_at_its_next_date(db: Database, cast: Cast) -> None:
    mine = await booked(db, cast.member, cast.room_l, organisation_id=cast.acme)
    await book(db, cast.stranger, cast.room_l, on(TUESDAY + timedelta(weeks=2), "10:00", "12:00"))
    alone = await booked(db, cast.member, cast.room_s)
    series = await make_series(db, cast.member, mine)
    colleague = await acting(db, cast.colleague)
    later = NOW + timedelta(days=3)
    async with statement(db) as tx:
        first = await bookings_of(tx, actor=colleague, now=NOW, next_of_series=True)
        after = await bookings_of(tx, actor=colleague, now=later, next_of_series=True)
        every = await bookings_of(tx, actor=colleague, now=NOW)
        line = (await lines_of(tx, actor=colleague, series_ids=[series.id], now=later))[series.id]
        strange = await lines_of(tx, actor=await acting(db, cast.stranger), series_ids=[series.id], now=NOW)
    assert [one.id for one in first] == [mine.id] and alone.account_id == cast.member.id
    assert [one.occurrence for one in after] == [2] and len(every) == 3
    assert (line.to_come, line.skipped) == (2, 1)
    assert line.last == on(TUESDAY + timedelta(weeks=3), "10:00", "12:00").start
    assert strange == {}


def test_a_length_is_that_of_the_clock_and_never_nothing() -> None:
    night = on(date(2026, 10, 24), "22:00", "6:00")
    assert night.minutes == 540 and on_the_clock(night)[1] == 480
    twice_two = Period(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert on_the_clock(twice_two)[1] == 60, "half past two comes twice"
