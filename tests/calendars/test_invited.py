"""Who has an invitation and a subscription has one entry: both call it alike and count its changes alike (RFC 5545,
3.8.7.4; RFC 5546, 2.1.4), whatever became of it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import httpx
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.reschedule import reschedule
from incubator.bookings.retitle import retitle
from incubator.bookings.series_choice import Which
from incubator.db.engine import Database, attempt
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details import When, Where
from incubator.exchanges.move_session import move_session
from incubator.mentoring.meet import meet
from incubator.mentoring.tell_due import tell_booked
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_invite import confirmed
from tests.bookings.test_one_entry import nights
from tests.bookings.test_series import again
from tests.calendars.client import App
from tests.calendars.conftest import Subscribe
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import STARTS, a_session
from tests.mail.calendar_app import attached, mails_to
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import order
from tests.mentoring.test_changes import EARLY, moved, off
from tests.moments import NOW, tuesday
from tests.registrations.cast import go
from tests.registrations.test_invite import given_up, told

Visit = Callable[..., httpx.AsyncClient]
Counted = Callable[[Person], Awaitable[dict[str, int]]]


@pytest.fixture
def counted(visit: Visit, subscribe: Subscribe, db: Database) -> Counted:
    """How often each thing changed, as somebody's feed and the last mails about it agree."""
    apps: dict[str, App] = {}

    async def act(who: Person) -> dict[str, int]:
        if who.email not in apps:
            apps[who.email] = App(visit(), await subscribe(who))
        await apps[who.email].fetch()
        mailed = {
            str(calendar.events[0]["UID"]): calendar.events
            for mail in await mails_to(db, who.email)
            for calendar in attached(mail)
        }
        by_feed = {(str(event["UID"]), int(event["SEQUENCE"])) for event in apps[who.email].kept.values()}
        by_mail = {(uid, int(event["SEQUENCE"])) for uid, events in mailed.items() for event in events}
        assert by_feed == by_mail
        assert len(dict(by_feed)) == len(by_feed), "all dates of a series are counted alike"
        return dict(by_feed)

    return act


async def test_a_booking(visit: Visit, cast: Cast, db: Database, counted: Counted) -> None:
    key = UUID((await confirmed(visit, cast)).rpartition("/")[2])
    actor, counts = await acting(db, cast.member), [await counted(cast.member)]
    late = tuesday("14:00", "15:00")
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=key, period=late, now=NOW))
    counts.append(await counted(cast.member))
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=key, now=NOW))
    counts.append(await counted(cast.member))
    assert [list(each) for each in counts] == [[str(key)]] * 3
    assert _grows(counts)


async def test_a_series_whose_dates_are_moved_named_dropped_and_split_off(
    cast: Cast, db: Database, counted: Counted
) -> None:
    """All within one second."""
    series = await again(db, cast.member, cast.room_l, title="Team")
    counts = [await counted(cast.member)]
    await alter(db, cast.member, series, Which.THIS, 4, start_minute=840)
    counts.append(await counted(cast.member))
    await alter(db, cast.member, series, Which.THIS, 4, title="Guests")
    counts.append(await counted(cast.member))
    await drop(db, cast.member, series, Which.THIS, 1)
    counts.append(await counted(cast.member))
    following = (await alter(db, cast.member, series, Which.FOLLOWING, 3, title="Late")).series
    counts.append(await counted(cast.member))
    assert counts[-1].keys() == {str(series.id), str(following.id)}
    await alter(db, cast.member, following, Which.ALL, start_minute=900)
    await drop(db, cast.member, series, Which.ALL)
    counts.append(await counted(cast.member))
    assert _grows(counts)


async def test_a_series_that_loses_what_changed_last(cast: Cast, db: Database, counted: Counted) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    counts = [await counted(cast.member)]
    later = NOW + timedelta(minutes=5)
    await alter(db, cast.member, series, Which.THIS, 4, now=later, start_minute=840)
    counts.append(await counted(cast.member))
    later += timedelta(seconds=1)
    await alter(db, cast.member, series, Which.FOLLOWING, 3, now=later, start_minute=900)
    counts.append(await counted(cast.member))
    assert _grows(counts)


async def test_a_series_that_no_rule_tells(cast: Cast, db: Database, counted: Counted) -> None:
    """Its dates go by names of their own in both."""
    series = await nights(db, cast)
    counts = [await counted(cast.member)]
    assert counts[0].keys() == {str(one.booking_id) for one in series.occurrences}
    await alter(db, cast.member, series, Which.THIS, 2, start_minute=840)
    counts.append(await counted(cast.member))
    await drop(db, cast.member, series, Which.THIS, 1)
    counts.append(await counted(cast.member))
    await alter(db, cast.member, series, Which.ALL, title="Late")
    counts.append(await counted(cast.member))
    await drop(db, cast.member, series, Which.ALL)
    counts.append(await counted(cast.member))
    assert all(before[key] <= after[key] for before, after in pairwise(counts) for key in before)


async def test_a_date_that_somebody_else_changes(cast: Cast, db: Database, counted: Counted) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme, title="Team")
    second, counts = series.occurrences[1].booking_id, [await counted(cast.member)]
    assert second is not None
    desk, colleague = await acting(db, cast.coordinator), await acting(db, cast.colleague)
    await attempt(db, lambda tx: retitle(tx, actor=colleague, booking_id=second, title="Guests", now=NOW))
    await attempt(db, lambda tx: cancel(tx, actor=desk, booking_id=second, reason="Water", now=NOW))
    counts.append(await counted(cast.member))
    assert _grows(counts)


async def test_a_meeting_for_both_sides(cast: Cast, db: Database, counted: Counted) -> None:
    ewa = await a_mentor(db, cast)
    actor = await acting(db, cast.member)
    made = await attempt(db, lambda tx: meet(tx, actor=actor, order=order(ewa, cast), now=EARLY))
    await attempt(db, lambda tx: tell_booked(tx, now=EARLY))
    both = (cast.member, ewa.person)
    counts = [[await counted(who) for who in both]]
    await moved(db, cast.member, made.id)
    counts.append([await counted(who) for who in both])
    await off(db, cast.member, made.id)
    counts.append([await counted(who) for who in both])
    for side in zip(*counts, strict=True):
        assert [list(each) for each in side] == [[f"meeting-{made.id}@incubator"]] * 3
        assert _grows(side)


async def test_a_session_that_is_moved_given_up_taken_again_and_called_off(
    cast: Cast, db: Database, counted: Counted
) -> None:
    session = await a_session(db, cast.niepolomice)
    first, desk = await go(db, cast.member, session), await acting(db, cast.coordinator)
    await told(db)
    counts = [await counted(cast.member)]
    later = STARTS + timedelta(hours=3)
    when, where = When(start=later, end=later + timedelta(hours=1)), Where(mode="elsewhere", place="Rynek 1")
    await attempt(db, lambda tx: move_session(tx, actor=desk, session_id=session, when=when, where=where, now=NOW))
    await told(db, NOW + timedelta(minutes=1))
    counts.append(await counted(cast.member))
    await given_up(db, cast.member, first, NOW + timedelta(minutes=2))
    counts.append(await counted(cast.member))
    await go(db, cast.member, session, now=NOW + timedelta(minutes=3))
    await told(db, NOW + timedelta(minutes=4))
    counts.append(await counted(cast.member))
    gone = NOW + timedelta(minutes=5)
    await attempt(db, lambda tx: call_off(tx, actor=desk, session_id=session, reason="Ill", now=gone))
    await told(db, NOW + timedelta(minutes=6))
    counts.append(await counted(cast.member))
    assert [list(each) for each in counts] == [[f"session-{session}@incubator"]] * 5
    assert _grows(counts)


def _grows(counts: Sequence[dict[str, int]]) -> bool:
    return all(newer[uid] > older[uid] for older, newer in pairwise(counts) for uid in older.keys() & newer.keys())
