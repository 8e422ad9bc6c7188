"""The life of an event in apps that others wrote: after each step each of them shows exactly one right entry."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest
from litestar import Litestar

from incubator.bookings.cancel import cancel
from incubator.bookings.reschedule import reschedule
from incubator.bookings.retitle import retitle
from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.db.engine import Database, transaction
from incubator.kernel.period import Period
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_edges_of_time import never_closed
from tests.bookings.test_series import again
from tests.caldav.apps import Account, App, Shown, shown
from tests.caldav.apps.python_caldav import python_caldav
from tests.caldav.apps.served import Wire, served
from tests.caldav.apps.thunderbird import by_caldav, by_feed
from tests.caldav.apps.tsdav import tsdav
from tests.caldav.apps.vdirsyncer import vdirsyncer
from tests.caldav.conftest import Token
from tests.calendars.conftest import Book, Subscribe
from tests.cast import Cast, acting
from tests.conftest import Clockwork
from tests.moments import NOW, TUESDAY, on, tuesday

Start = Callable[[Account, Path], AbstractAsyncContextManager[App]]
APPS: dict[str, Start] = {
    "thunderbird": by_caldav,
    "thunderbird's feed": by_feed,
    "vdirsyncer": vdirsyncer,
    "python-caldav": python_caldav,
    "tsdav": tsdav,
}
IN_STEP = {name: start for name, start in APPS.items() if start != by_feed}
TITLE = "Rada; „gminy”, część\\n"


@pytest.fixture
async def wire(app: Litestar) -> AsyncIterator[Wire]:
    async with served(app) as made:
        yield made


@pytest.fixture
async def account(wire: Wire, cast: Cast, token: Token, subscribe: Subscribe) -> Account:
    """What the member types into an app."""
    address = f"http://127.0.0.1:{wire.port}"
    return Account(
        f"{address}/", "ewa@example.com", await token(cast.member), f"{address}{await subscribe(cast.member)}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("start", APPS.values(), ids=APPS)
async def test_a_booking(start: Start, account: Account, cast: Cast, book: Book, db: Database, tmp_path: Path) -> None:
    made, actor = (
        await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title=TITLE),
        await acting(db, cast.member),
    )
    async with start(account, tmp_path) as app:
        assert await standing(app) == [entry(made.id, TITLE, made.period)]
        later = tuesday("12:00", "13:30")
        async with transaction(db) as tx:
            await reschedule(tx, actor=actor, booking_id=made.id, period=later, now=NOW)
        assert await standing(app) == [entry(made.id, TITLE, later)]
        async with transaction(db) as tx:
            await retitle(tx, actor=actor, booking_id=made.id, title="Show", now=NOW)
        assert await standing(app) == [entry(made.id, "Show", later)]
        its = await book(
            cast.colleague, cast.room_a, tuesday("14:00", "15:00"), title="Ours", organisation_id=cast.acme
        )
        assert await standing(app) == [entry(made.id, "Show", later), entry(its.id, "Ours", its.period)]
        async with transaction(db) as tx:
            await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
        assert await standing(app) == [entry(its.id, "Ours", its.period)]


@pytest.mark.slow
@pytest.mark.parametrize("start", APPS.values(), ids=APPS)
async def test_a_series(start: Start, account: Account, cast: Cast, db: Database, tmp_path: Path) -> None:
    who = cast.member
    async with start(account, tmp_path) as app:
        assert await standing(app) == []
        series = await again(db, who, cast.room_l, title="Team")
        one, two, three, four = [entry(series.id, "Team", of_week(week, "10:00", "12:00")) for week in range(4)]
        assert await standing(app) == [one, two, three, four]
        await alter(db, who, series, Which.THIS, 2, start_minute=840)
        two = entry(series.id, "Team", of_week(1, "14:00", "16:00"))
        assert await standing(app) == [one, two, three, four]
        await alter(db, who, series, Which.THIS, 4, title="Guests")
        four = entry(series.id, "Guests", of_week(3, "10:00", "12:00"))
        assert await standing(app) == [one, two, three, four]
        await drop(db, who, series, Which.THIS, 1)
        assert await standing(app) == [two, three, four]
        split = (await alter(db, who, series, Which.FOLLOWING, 3, start_minute=780, title="Late")).series
        three, four = [entry(split.id, "Late", of_week(week, "13:00", "15:00")) for week in (2, 3)]
        assert await standing(app) == [two, three, four]
        await drop(db, who, split, Which.FOLLOWING, split.occurrences[1].occurrence)
        assert await standing(app) == [two, three]
        await drop(db, who, series, Which.ALL)
        assert await standing(app) == [three]


@pytest.mark.slow
@pytest.mark.parametrize("start", IN_STEP.values(), ids=IN_STEP)
async def test_a_series_whose_rule_is_not_told(
    start: Start, account: Account, cast: Cast, db: Database, tmp_path: Path
) -> None:
    """In the hour that October has twice: one thing, of which an app shows each date."""
    office = await never_closed(db, cast)
    nights = Pattern(first_day=date(2026, 10, 18), weekdays=(7,), start_minute=150, length_minutes=60, count=3)
    series = await again(db, cast.member, office, nights, title="Night")
    one, two, three = [entry(series.id, "Night", night.period) for night in series.occurrences]
    async with start(account, tmp_path) as app:
        assert sorted(await standing(app)) == sorted([one, two, three])
        await drop(db, cast.member, series, Which.THIS, 1)
        assert sorted(await standing(app)) == sorted([two, three])


@pytest.mark.slow
@pytest.mark.parametrize("start", IN_STEP.values(), ids=IN_STEP)
async def test_only_what_changed_is_sent(
    start: Start,
    wire: Wire,
    account: Account,
    cast: Cast,
    book: Book,
    db: Database,
    clock: Clockwork,
    tmp_path: Path,
) -> None:
    """Also over the turn of a week, when another stretch of time is shown."""
    hours = [on(TUESDAY + timedelta(weeks=week), "10:00", "11:00") for week in range(4)]
    first, second, *others = [await book(cast.member, cast.room_l, hour, title="Team") for hour in hours]
    uids = {str(one.id) for one in (first, second, *others)}
    async with start(account, tmp_path) as app:
        assert len(await standing(app)) == 4 and wire.sent() == uids
        assert len(await standing(app)) == 4 and wire.sent() == set()
        for monday, made in ((NOW, first), (NOW + timedelta(days=7), second)):
            clock.now = monday
            async with transaction(db) as tx:
                actor = await acting(db, cast.member)
                await retitle(tx, actor=actor, booking_id=made.id, title="Show", now=NOW)
            assert [one.uid for one in await standing(app) if one.title == "Show"][-1] == str(made.id)
            assert wire.sent() == {str(made.id)}


@pytest.mark.slow
async def test_thunderbird_lets_nobody_write_where_nothing_is_taken(account: Account, tmp_path: Path) -> None:
    async with by_caldav(account, tmp_path) as app:
        assert await app.changeable() == []


@pytest.mark.slow
async def test_python_caldav_finds_by_time_and_by_address(
    account: Account, cast: Cast, db: Database, tmp_path: Path
) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    dates = [entry(series.id, "Team", of_week(week, "10:00", "12:00")) for week in range(4)]
    async with python_caldav(account, tmp_path) as app:
        assert await app.fetched() == dates
        third = of_week(2, "11:00", "11:30")
        assert await app.between(third.start, third.end) == dates
        assert await app.between(third.end + timedelta(hours=1), third.end + timedelta(days=2)) == []


async def standing(app: App) -> list[Shown]:
    """What is not called off: a feed says so for a while."""
    return [one for one in await app.look() if one.status != "CANCELLED"]


@pytest.mark.slow
async def test_what_the_service_expands_for_python_caldav_is_what_it_would_expand_itself(
    account: Account, cast: Cast, db: Database, tmp_path: Path
) -> None:
    """Over the end of summer time."""
    weekly = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, count=12)
    series = await again(db, cast.member, cast.room_l, weekly, title="Team")
    await alter(db, cast.member, series, Which.THIS, 8, start_minute=840)
    await drop(db, cast.member, series, Which.THIS, 9)
    first, last = of_week(5, "10:00", "12:00").start, of_week(9, "10:00", "12:00").end
    hours = [of_week(week, "10:00", "12:00") for week in (5, 6, 9)]
    hours.insert(2, of_week(7, "14:00", "16:00"))
    expected = [entry(series.id, "Team", hour) for hour in hours]
    async with python_caldav(account, tmp_path) as app:
        found = [await app.between(first, last, expand=expand) for expand in ("server", "client")]
        assert [one for one in found[0] if one.status != "CANCELLED"] == sorted(expected)
        assert found[0] == found[1] == await app.between(first, last, expand="server", whatever=True)
        assert await app.busy(first, last) == [(hour.start, hour.end) for hour in hours]


def entry(uid: object, title: str, period: Period) -> Shown:
    return shown(uid=str(uid), title=title, status="CONFIRMED", start=period.start, end=period.end)


def of_week(number: int, start: str, end: str) -> Period:
    return on(TUESDAY + timedelta(weeks=number), start, end)
