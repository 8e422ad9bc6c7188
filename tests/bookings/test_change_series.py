"""Changing and cancelling a series: this date, this and the following, or all that are to come."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from incubator.bookings.cancel import ReasonNeeded, TooLateToCancel
from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.change_series import change_series
from incubator.bookings.place import QuotaSpent, SlotTaken
from incubator.bookings.series import NoSuchSeries, SeriesView, series_for
from incubator.bookings.series_choice import NoSuchOccurrence, Which
from incubator.bookings.series_outcome import Change, Outcome
from incubator.bookings.series_reasons import reason_for
from incubator.bookings.series_rules import OverlapsItself, Pattern
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import WARSAW
from tests.bookings.test_series import FOUR_TUESDAYS, again, book, give_quota, states
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, TUESDAY, on


async def alter(
    db: Database,
    who: Person,
    series: SeriesView,
    which: Which,
    occurrence: int | None = None,
    now: datetime = NOW,
    **changes: object,
) -> Outcome:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: change_series(
            tx,
            actor=actor,
            series_id=series.id,
            which=which,
            occurrence=occurrence,
            change=Change(**changes),  # type: ignore[arg-type]
            now=now,
        ),
    )


async def drop(
    db: Database,
    who: Person,
    series: SeriesView,
    which: Which,
    occurrence: int | None = None,
    now: datetime = NOW,
    reason: str = "",
) -> Outcome:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: cancel_series(
            tx, actor=actor, series_id=series.id, which=which, occurrence=occurrence, reason=reason, now=now
        ),
    )


def starts(series: SeriesView) -> list[str]:
    return [f"{one.period.start.astimezone(WARSAW):%d.%m. %H:%M}" for one in series.occurrences]


async def reread(db: Database, who: Person, series_id: UUID) -> SeriesView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await series_for(tx, actor=actor, series_id=series_id)


async def test_this_date_moves_alone(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    changed = await alter(db, cast.member, series, Which.THIS, 2, start_minute=840, title="Once later")
    assert starts(changed.series) == ["08.09. 10:00", "15.09. 14:00", "22.09. 10:00", "29.09. 10:00"]
    assert changed.series.pattern.start_minute == 600
    await book(db, cast.stranger, cast.room_l, on(date(2026, 9, 22), "14:00", "16:00"))
    with pytest.raises(SlotTaken):
        await alter(db, cast.member, series, Which.THIS, 3, start_minute=840)


async def test_this_and_following_become_a_series_of_their_own(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    changed = await alter(db, cast.member, series, Which.FOLLOWING, 3, start_minute=780, length_minutes=60)
    assert changed.changed == 2 and changed.kept == ()
    assert starts(changed.series) == ["22.09. 13:00", "29.09. 13:00"]
    assert [one.occurrence for one in changed.series.occurrences] == [1, 2]
    assert changed.series.continues_id == series.id and changed.series.pattern.count == 2
    first = await reread(db, cast.member, series.id)
    assert starts(first) == ["08.09. 10:00", "15.09. 10:00"] and first.pattern.count == 2
    twice = await alter(db, cast.member, changed.series, Which.FOLLOWING, 2, title="The last")
    assert starts(twice.series) == ["29.09. 13:00"]


async def test_the_following_begin_where_it_was_asked_for_though_that_date_was_skipped(
    db: Database, cast: Cast
) -> None:
    await book(db, cast.stranger, cast.room_l, on(date(2026, 9, 15), "10:00", "12:00"))
    series = await again(db, cast.member, cast.room_l)
    assert states(series)[1] == "slot_taken"
    changed = await alter(db, cast.member, series, Which.FOLLOWING, 2, start_minute=780)
    # It is one of the following, and can be had at the new time.
    assert starts(changed.series) == ["15.09. 13:00", "22.09. 13:00", "29.09. 13:00"]
    assert set(states(changed.series)) == {"confirmed"}
    assert starts(await reread(db, cast.member, series.id)) == ["08.09. 10:00"]


async def test_a_series_with_a_last_day_is_split_by_days(db: Database, cast: Cast) -> None:
    until = Pattern(
        first_day=TUESDAY, weekdays=(2, 4), start_minute=600, length_minutes=60, until_day=date(2026, 9, 25)
    )
    series = await again(db, cast.member, cast.room_l, until)
    changed = await alter(db, cast.member, series, Which.FOLLOWING, 4, start_minute=660)
    assert starts(changed.series) == ["17.09. 11:00", "22.09. 11:00", "24.09. 11:00"]
    assert (await reread(db, cast.member, series.id)).pattern.until_day == date(2026, 9, 16)
    assert changed.series.pattern.until_day == date(2026, 9, 25)


async def test_all_leaves_what_is_over_as_it_was(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    later = NOW + timedelta(days=3)
    changed = await alter(db, cast.member, series, Which.ALL, now=later, start_minute=720)
    assert starts(changed.series) == ["08.09. 10:00", "15.09. 12:00", "22.09. 12:00", "29.09. 12:00"]
    assert changed.changed == 3 and changed.series.pattern.start_minute == 720


async def test_what_cannot_move_stays_and_is_named(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    await book(db, cast.stranger, cast.room_l, on(date(2026, 9, 15), "14:00", "16:00"))
    changed = await alter(db, cast.member, series, Which.ALL, start_minute=840)
    assert starts(changed.series) == ["08.09. 14:00", "15.09. 10:00", "22.09. 14:00", "29.09. 14:00"]
    assert [(one.occurrence, one.code) for one in changed.kept] == [(2, "slot_taken")]
    assert changed.changed == 3


async def test_a_skipped_date_is_tried_again_at_the_new_time(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, on(date(2026, 9, 15), "10:00", "12:00"))
    series = await again(db, cast.member, cast.room_l)
    assert states(series) == ["confirmed", "slot_taken", "confirmed", "confirmed"]
    changed = await alter(db, cast.member, series, Which.ALL, start_minute=720)
    assert states(changed.series) == ["confirmed"] * 4
    assert starts(changed.series)[1] == "15.09. 12:00"


async def test_a_daily_series_moves_over_its_own_tail(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.office_space, longest_minutes=1440)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, d, 0, 1440 FROM generate_series(1, 7) d",
            cast.office_space,
        )
    daily = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5, 6, 7), start_minute=360, length_minutes=1440, count=5)
    series = await again(db, cast.member, cast.office_space, daily)
    later = await alter(db, cast.member, series, Which.ALL, start_minute=720)
    assert later.kept == () and later.changed == 5
    earlier = await alter(db, cast.member, series, Which.ALL, start_minute=120)
    assert earlier.kept == () and earlier.changed == 5


async def test_title_and_space_change_together(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    changed = await alter(db, cast.member, series, Which.ALL, title="New", space_id=cast.room_s)
    assert (changed.series.title, changed.series.space_slug) == ("New", "s")
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT DISTINCT title, space_id FROM booking")
        assert [tuple(row) for row in rows] == [("New", cast.room_s)]
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 4


async def test_the_quota_follows_a_series_that_grows(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=180)
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    with pytest.raises(QuotaSpent):
        await alter(db, cast.member, series, Which.ALL, length_minutes=240)
    assert (await reread(db, cast.member, series.id)).pattern.length_minutes == 120
    await alter(db, cast.member, series, Which.ALL, length_minutes=180)
    async with statement(db) as tx:
        assert {row[0] for row in await tx.fetch("SELECT minutes FROM quota_use")} == {180}


async def test_what_makes_no_series_any_more_is_refused(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    with pytest.raises(OverlapsItself):
        await alter(db, cast.member, series, Which.ALL, length_minutes=7 * 1440 + 1)
    for occurrence in (0, 5, None):
        with pytest.raises(NoSuchOccurrence):
            await alter(db, cast.member, series, Which.THIS, occurrence, title="x")


async def test_others_cannot_touch_it(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    for who in (cast.stranger, cast.resident, cast.other_coordinator):
        with pytest.raises(NoSuchSeries):
            await alter(db, who, series, Which.ALL, title="x")
        with pytest.raises(NoSuchSeries):
            await drop(db, who, series, Which.ALL, reason="x")
    await alter(db, cast.colleague, series, Which.ALL, title="Ours")


async def test_cancel_one_then_the_following_then_all(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    assert states((await drop(db, cast.member, series, Which.THIS, 2)).series)[1] == "cancelled"
    assert states((await drop(db, cast.member, series, Which.FOLLOWING, 4)).series)[3] == "cancelled"
    gone = await drop(db, cast.member, series, Which.ALL)
    assert states(gone.series) == ["cancelled"] * 4 and gone.changed == 2
    with pytest.raises(NoSuchOccurrence):
        await drop(db, cast.member, series, Which.ALL)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0
        texts = [row["text"] for row in await tx.fetch("SELECT text FROM mail ORDER BY id")]
    assert ["out of your calendar" in text for text in texts] == [False, True, True, True], "needs no other mail"


async def test_what_is_too_late_to_cancel_stays(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    series = await again(db, cast.member, cast.room_l)
    left = await drop(db, cast.member, series, Which.ALL)
    assert states(left.series) == ["confirmed", "cancelled", "cancelled", "cancelled"]
    assert [(one.occurrence, one.code) for one in left.kept] == [(1, "too_late_to_cancel")]
    with pytest.raises(TooLateToCancel):
        await drop(db, cast.member, series, Which.THIS, 1)


async def test_a_date_that_cannot_wait_for_approval_stays_and_says_so(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True, cancel_minutes=3 * 1440)
    longer = await alter(db, cast.member, series, Which.ALL, length_minutes=180)
    assert states(longer.series) == ["confirmed", *["awaiting_approval"] * 3]
    assert [(one.occurrence, reason_for(one.code)) for one in longer.kept] == [(1, "too late to ask for approval")]
    shorter = await alter(db, cast.member, longer.series, Which.ALL, length_minutes=60)
    assert states(shorter.series)[0] == "confirmed" and shorter.kept == ()


async def test_the_coordinator_cancels_with_a_reason_in_one_mail(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, FOUR_TUESDAYS)
    with pytest.raises(ReasonNeeded):
        await drop(db, cast.coordinator, series, Which.ALL)
    await drop(db, cast.coordinator, series, Which.ALL, reason="The roof leaks")
    async with statement(db) as tx:
        mails = await tx.fetch("SELECT subject, text FROM mail WHERE subject LIKE '%cancelled%'")
        assert len(mails) == 1 and "The roof leaks" in mails[0]["text"]
