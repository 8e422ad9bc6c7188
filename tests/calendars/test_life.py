"""The life of an event in an app that subscribes: after each step it shows exactly one right entry."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

import httpx
import pytest

from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.repeat_booking import repeat_booking
from incubator.bookings.reschedule import reschedule
from incubator.bookings.retitle import retitle
from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.calendars.choices import NONE
from incubator.calendars.feeds import FEEDS
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.told import Asked
from incubator.db.engine import Database, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_series import again
from tests.calendars.client import App
from tests.calendars.conftest import Book, Subscribe
from tests.cast import Cast, acting, change
from tests.conftest import SETTINGS, Clockwork
from tests.moments import NOW, TUESDAY, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
Shown = list[tuple[str, str, str]]
WEEK = timedelta(days=7)


@pytest.fixture
async def app(visit: Visit, cast: Cast, subscribe: Subscribe, db: Database, clock: Clockwork) -> App:
    path = await subscribe(cast.member)

    async def anew() -> bytes:
        """The same feed from a server that keeps nothing."""
        name = path.rpartition("/")[2].removesuffix(".ics")
        asked = Asked(FEEDS["personal"], name, ".ics", NONE, NONE.window(clock.now))
        kiosk = Kiosk(db, address=SETTINGS.address)
        return (await kiosk.told(asked, await kiosk.standing(asked))).octets

    return App(visit(), path, anew)


async def shown(app: App) -> Shown:
    """Title, time and status of all that is not called off, once the app has asked again. What the server kept of the
    feed and brought up to date is what it would write from nothing."""
    octets = await app.fetch()
    assert app.anew is None or octets == await app.anew()
    return [(title, at(start), status) for title, start, status in app.standing]


def at(moment: datetime) -> str:
    return f"{moment.astimezone(WARSAW):%d.%m. %H:%M}"


async def test_a_booking_is_one_entry_through_all_its_life(app: App, cast: Cast, book: Book, db: Database) -> None:
    made, actor = (
        await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Demo"),
        await acting(db, cast.member),
    )
    assert await shown(app) == [("Demo", "08.09. 10:00", "CONFIRMED")]
    async with transaction(db) as tx:
        await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("14:00", "15:30"), now=NOW)
    assert await shown(app) == [("Demo", "08.09. 14:00", "CONFIRMED")]
    async with transaction(db) as tx:
        await retitle(tx, actor=actor, booking_id=made.id, title="Show", now=NOW)
    assert await shown(app) == [("Show", "08.09. 14:00", "CONFIRMED")]
    assert len(app.kept) == 1
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
    assert await shown(app) == [] and len(app.kept) == 1


async def test_a_series_is_right_through_all_its_life(app: App, cast: Cast, db: Database, clock: Clockwork) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    dates = [("Team", day, "CONFIRMED") for day in ("08.09. 10:00", "15.09. 10:00", "22.09. 10:00", "29.09. 10:00")]
    assert await shown(app) == dates and len(app.kept) == 1
    await alter(db, cast.member, series, Which.THIS, 2, start_minute=840)
    dates[1] = ("Team", "15.09. 14:00", "CONFIRMED")
    assert await shown(app) == dates and len(app.kept) == 2
    await alter(db, cast.member, series, Which.THIS, 3, title="Guests")
    dates[2] = ("Guests", "22.09. 10:00", "CONFIRMED")
    assert await shown(app) == dates and len(app.kept) == 3
    await drop(db, cast.member, series, Which.THIS, 1)
    assert await shown(app) == dates[1:] and len(app.kept) == 4
    # Nothing but the rule is left of it, once it was told of for a month.
    clock.now += timedelta(days=40)
    assert await shown(app) == dates[1:] and len(app.kept) == 3
    await alter(db, cast.member, series, Which.THIS, 2, start_minute=600)
    await alter(db, cast.member, series, Which.THIS, 3, title="Team")
    dates[1:3] = [("Team", "15.09. 10:00", "CONFIRMED"), ("Team", "22.09. 10:00", "CONFIRMED")]
    assert await shown(app) == dates[1:] and len(app.kept) == 1


async def test_a_series_that_is_split_is_two_entries_and_no_date_twice(app: App, cast: Cast, db: Database) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    await shown(app)
    changed = await alter(db, cast.member, series, Which.FOLLOWING, 3, start_minute=780, title="Late")
    dates = [
        ("Team", "08.09. 10:00", "CONFIRMED"),
        ("Team", "15.09. 10:00", "CONFIRMED"),
        ("Late", "22.09. 13:00", "CONFIRMED"),
        ("Late", "29.09. 13:00", "CONFIRMED"),
    ]
    assert await shown(app) == dates
    assert {uid for uid, _ in app.kept} == {str(series.id), str(changed.series.id)} and len(app.kept) == 2
    await alter(db, cast.member, changed.series, Which.ALL, length_minutes=60)
    assert await shown(app) == dates and len(app.kept) == 2
    await drop(db, cast.member, changed.series, Which.ALL)
    assert await shown(app) == dates[:2] and len(app.kept) == 2


async def test_what_is_over_stays_where_it_was_when_the_rest_is_moved(
    app: App, cast: Cast, db: Database, clock: Clockwork
) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    await shown(app)
    clock.now += timedelta(days=3)
    await alter(db, cast.member, series, Which.ALL, now=clock.now, start_minute=720)
    days = ("08.09. 10:00", "15.09. 12:00", "22.09. 12:00", "29.09. 12:00")
    assert await shown(app) == [("Team", day, "CONFIRMED") for day in days]


async def test_a_change_of_the_series_that_changes_no_date_is_told(app: App, cast: Cast, db: Database) -> None:
    """The number of its changes grows, and that is told."""
    series = await again(db, cast.member, cast.room_l, title="Team")
    before = await shown(app)
    for which, number in ((Which.THIS, 1), (Which.ALL, None)):
        await alter(db, cast.member, series, which, number, start_minute=600)
        assert await shown(app) == before


async def test_a_booking_that_is_repeated_is_no_longer_there_by_itself(
    app: App, cast: Cast, book: Book, db: Database
) -> None:
    made, actor = (
        await book(cast.member, cast.room_l, tuesday("10:00", "12:00"), title="Demo"),
        await acting(db, cast.member),
    )
    await shown(app)
    async with transaction(db) as tx:
        series = await repeat_booking(tx, actor=actor, booking_id=made.id, count=3, now=NOW)
    assert [day for _, day, _ in await shown(app)] == ["08.09. 10:00", "15.09. 10:00", "22.09. 10:00"]
    assert list(app.kept) == [(str(series.id), None)]


async def test_dates_that_wait_for_something_else_say_so(app: App, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    series = await again(db, cast.member, cast.room_l, title="Team")
    told = await shown(app)
    assert [status for _, _, status in told] == ["TENTATIVE"] * 4 and len(app.kept) == 1
    second, coordinator = series.occurrences[1].booking_id, await acting(db, cast.coordinator)
    assert second is not None
    async with transaction(db) as tx:
        await approve(tx, actor=coordinator, booking_id=second, now=NOW)
    told = await shown(app)
    assert [(title, status) for title, _, status in told] == [
        ("Awaiting approval: Team", "TENTATIVE"),
        ("Team", "CONFIRMED"),
        ("Awaiting approval: Team", "TENTATIVE"),
        ("Awaiting approval: Team", "TENTATIVE"),
    ]


async def test_taken_away_a_date_goes_by_the_name_it_has_in_the_feed(
    app: App, visit: Visit, cast: Cast, db: Database
) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    third = series.occurrences[2]
    away = App(visit(cast.member), f"/bookings/{third.booking_id}/event.ics")
    assert await shown(away) == [("Team", "22.09. 10:00", "CONFIRMED")]
    start = on(TUESDAY + 2 * WEEK, "10:00", "12:00").start
    assert list(away.kept) == [(str(series.id), start)]
    await alter(db, cast.member, series, Which.THIS, 3, start_minute=840)
    await app.fetch()
    assert (str(series.id), start) in app.kept
    await away.fetch()
    assert away.kept[str(series.id), start]["SEQUENCE"] == app.kept[str(series.id), start]["SEQUENCE"]


@pytest.mark.parametrize("seed", range(3))
async def test_after_any_deeds_an_app_shows_the_dates_that_the_database_has(
    seed: int, app: App, cast: Cast, db: Database
) -> None:
    """Over both changes of clocks, with what the server keeps brought up to date after each."""
    chance = Random(seed)
    series = [await again(db, cast.member, cast.room_l, OVER_WINTER, title="Team")]
    for _ in range(8):
        one = chance.choice(series)
        which = chance.choice([Which.THIS, Which.THIS, Which.THIS, Which.FOLLOWING, Which.ALL])
        number = None if which == Which.ALL else chance.randint(1, 12)
        try:
            if chance.random() < 0.3 and which == Which.THIS:
                await drop(db, cast.member, one, which, number)
            else:
                wish: dict[str, object] = chance.choice(WISHES)
                changed = (await alter(db, cast.member, one, which, number, **wish)).series
                series = [*(known for known in series if known.id != changed.id), changed]
        except Refusal:
            continue
        assert [(title, day) for title, day, _ in await shown(app)] == await booked(db, cast)


OVER_WINTER = Pattern(
    first_day=date(2026, 9, 15), weekdays=(2, 4), every_weeks=2, start_minute=600, length_minutes=60, count=30
)
WISHES: list[dict[str, object]] = [
    {"start_minute": 660},
    {"start_minute": 600},
    {"start_minute": 780, "length_minutes": 90},
    {"title": "Guests"},
    {"title": "Team"},
    {"length_minutes": 60},
]


async def booked(db: Database, cast: Cast) -> list[tuple[str, str]]:
    """Title and time of all that stands."""
    async with transaction(db) as tx:
        rows = await tx.fetch(
            "SELECT title, lower(period) AS start FROM booking WHERE account_id = $1 AND state = 'confirmed'"
            " ORDER BY lower(period)",
            cast.member.id,
        )
    return [(row["title"], at(row["start"])) for row in rows]
