"""Nothing stands twice in a calendar that mails tell: not what became a date of a series, nor what no rule tells."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

import httpx

from incubator.bookings.repeat_booking import repeat_booking
from incubator.bookings.series import SeriesView
from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.bookings.tell import News, tell
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.period import Period
from incubator.replies.states import Outcome
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_invite import confirmed
from tests.bookings.test_repeat_booking import booked, make_series
from tests.bookings.test_series import again
from tests.cast import Cast, acting, change
from tests.mail.calendar_app import attached, mails_to, methods, shown
from tests.moments import NOW, on
from tests.replies.answers import gmail, reply_to_last, taken

Visit = Callable[..., httpx.AsyncClient]
# Half past two on a Sunday is skipped in March and comes twice in October.
NIGHTS = Pattern(first_day=date(2026, 10, 11), weekdays=(7,), start_minute=150, length_minutes=60, count=4)


async def nights(db: Database, cast: Cast) -> SeriesView:
    await open_at_night(db, cast)
    return await again(db, cast.member, cast.room_l, NIGHTS)


async def open_at_night(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=120, closed_on_holidays=False)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, 7, 0, 1440", cast.room_l
        )


async def there(db: Database, who: str) -> Sequence[Period]:
    return [Period(each.start, each.end) for each in await shown(db, who)]


async def test_a_booking_that_becomes_the_first_of_a_series_stands_there_once(
    visit: Visit, cast: Cast, db: Database
) -> None:
    key = UUID((await confirmed(visit, cast)).rpartition("/")[2])
    actor, later = await acting(db, cast.member), NOW + timedelta(minutes=1)
    series = await attempt(
        db,
        lambda tx: repeat_booking(tx, actor=actor, booking_id=key, count=3, now=later),  # type: ignore[arg-type]
    )
    assert await there(db, cast.member.email) == [one.period for one in series.occurrences]
    mails = await mails_to(db, cast.member.email)
    assert methods(mails) == ["REQUEST", "CANCEL", "REQUEST"], "each by a mail of its own: most look at the first alone"
    [gone] = attached(mails[1])
    assert str(gone.events[0]["UID"]) == str(key)
    assert "Now the first of a series" in str(mails[1]["Subject"])


async def test_who_was_not_invited_to_it_reads_of_the_series_alone(db: Database, cast: Cast) -> None:
    await make_series(db, cast.member, await booked(db, cast.member, cast.room_l))
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST"]


async def test_what_no_rule_tells_is_told_date_by_date(db: Database, cast: Cast) -> None:
    series = await nights(db, cast)
    periods = [one.period for one in series.occurrences]
    assert await there(db, cast.member.email) == periods
    second = series.occurrences[1].booking_id
    later = [NOW + timedelta(minutes=n) for n in range(4)]
    await alter(db, cast.member, series, Which.THIS, 2, now=later[1], start_minute=840)
    periods[1] = periods[1].moved(timedelta(minutes=840 - 150))
    assert await there(db, cast.member.email) == periods
    last = (await mails_to(db, cast.member.email))[-1]
    assert [str(each.events[0]["UID"]) for each in attached(last)] == [str(second)], "the others have not changed"
    await drop(db, cast.member, series, Which.THIS, 2, now=later[2])
    assert await there(db, cast.member.email) == [periods[0], *periods[2:]]
    await drop(db, cast.coordinator, series, Which.ALL, now=later[3], reason="Water")
    assert await there(db, cast.member.email) == []


async def test_it_may_come_to_be_told_by_one_and_back(db: Database, cast: Cast) -> None:
    series = await nights(db, cast)
    for minutes, start in enumerate((600, 150), start=1):
        now = NOW + timedelta(minutes=minutes)
        changed = (await alter(db, cast.member, series, Which.ALL, now=now, start_minute=start)).series
        assert await there(db, cast.member.email) == [one.period for one in changed.occurrences]


async def test_what_becomes_the_first_of_such_a_series_keeps_its_name(db: Database, cast: Cast) -> None:
    await open_at_night(db, cast)
    alone = await booked(db, cast.member, cast.room_l, on(NIGHTS.first_day, "02:30", "03:30"))
    await attempt(db, lambda tx: tell(tx, view=alone, what=News.CONFIRMED, now=NOW))
    series = await make_series(db, cast.member, alone)
    assert await there(db, cast.member.email) == [one.period for one in series.occurrences]
    assert "CANCEL" not in methods(await mails_to(db, cast.member.email))


async def test_one_of_its_dates_is_declined_by_mail(db: Database, cast: Cast) -> None:
    series = await nights(db, cast)
    reply = await reply_to_last(db, cast.member.email)
    assert await taken(db, gmail(reply)) == Outcome.CANCELLED
    assert await there(db, cast.member.email) == [one.period for one in series.occurrences[1:]]
