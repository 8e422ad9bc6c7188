"""Whoever books goes before feeds: who is told of a feed as it was, for how long, and who never is."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from litestar import Litestar

from incubator.bookings.placing import Placing
from incubator.bookings.views import BookingView
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.my_feeds import my_feeds
from incubator.calendars.precedence import LONGEST, LULL, Precedence
from incubator.calendars.revoke_feed import revoke_feed
from incubator.calendars.share import OWED, PART
from incubator.db.engine import Database, transaction
from incubator.kernel.together import Together
from incubator.people.remove_member import remove_member
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.watch import Watch
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


class House:
    """Where bookings are under way, or not, as it is told; an app polls its feeds with the state that it has."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.watch, self.busy = http, Watch(), False
        self.precedence = Precedence(lambda: self.busy, seconds=self.watch)
        self.had: dict[str, tuple[str, bytes]] = {}

    async def entries(self, path: str) -> int:
        """How many the app shows after it asked."""
        etag, octets = self.had.get(path, ("", b""))
        answer = await self.http.get(path, headers={"if-none-match": etag} if etag else {})
        assert answer.status_code in {200, 304}, answer.text
        if answer.status_code == 200:
            etag, octets = answer.headers["etag"], answer.content
        self.had[path] = etag, octets
        return octets.count(b"BEGIN:VEVENT")

    def spend(self) -> None:
        """From now on somebody books, and a feed took all the time there was."""
        with self.precedence.making():
            self.watch.now += 10
        self.busy = True

    def rest(self) -> None:
        """Nobody books any more."""
        self.busy = False
        self.watch.now += LULL


@pytest.fixture
async def house(app: Litestar, db: Database, visit: Visit) -> House:
    made = House(visit())
    app.state.kiosk = Kiosk(db, address="https://x.example", precedence=made.precedence)
    return made


@pytest.fixture
async def path(house: House, cast: Cast, book: Book) -> str:
    """Of a room that was seen with one booking, and has two."""
    path = f"/calendars/spaces/{cast.room_l}.ics"
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    house.spend()
    assert await house.entries(path) == 1, "who was told nothing yet is told how it is"
    await book(cast.member, cast.room_l, tuesday("12:00", "13:00"))
    return path


async def test_while_somebody_books_and_nothing_is_left_a_feed_is_told_as_it_was(house: House, path: str) -> None:
    assert await house.entries(path) == 1
    house.had.clear()
    assert await house.entries(path) == 1, "who has it not is told it whole"


async def test_while_nobody_books_everybody_is_told_how_it_is(house: House, path: str) -> None:
    house.rest()
    assert await house.entries(path) == 2


async def test_a_moment_without_anybody_is_no_lull(house: House, path: str) -> None:
    assert await house.entries(path) == 1
    house.busy = False
    house.watch.now += LULL / 2
    assert await house.entries(path) == 1
    house.watch.now += LULL / 2
    assert await house.entries(path) == 2


async def test_as_soon_as_something_is_left_it_is_told_how_it_is(house: House, path: str) -> None:
    assert await house.entries(path) == 1
    house.watch.now += OWED / PART + 1
    assert await house.entries(path) == 2


async def test_it_is_told_as_it_was_for_so_long_and_no_longer(house: House, cast: Cast, book: Book, path: str) -> None:
    with house.precedence.making():
        house.watch.now += LONGEST
    assert await house.entries(path) == 1
    with house.precedence.making():
        house.watch.now += 1
    assert await house.entries(path) == 2


async def test_who_was_told_how_it_is_is_not_told_how_it_was(
    house: House, visit: Visit, app: Litestar, path: str
) -> None:
    """By another server, say."""
    other = House(visit())
    kept, app.state.kiosk = app.state.kiosk, Kiosk(app.state.db, address="https://x.example")
    assert await other.entries(path) == 2
    app.state.kiosk = kept
    assert await other.entries(path) == 2


async def test_a_state_is_as_old_as_when_it_was_seen_last(house: House, cast: Cast, book: Book, path: str) -> None:
    house.rest()
    assert await house.entries(path) == 2
    house.watch.now += LONGEST * 3
    assert await house.entries(path) == 2
    house.spend()
    await book(cast.member, cast.room_l, tuesday("14:00", "15:00"))
    assert await house.entries(path) == 2
    house.had.clear()
    assert await house.entries(path) == 2


async def test_who_may_see_it_is_always_of_now(
    house: House, cast: Cast, book: Book, db: Database, subscribe: Subscribe
) -> None:
    path, actor = await subscribe(cast.member), await acting(db, cast.member)
    house.spend()
    assert await house.entries(path) == 0
    async with transaction(db) as tx:
        (one,) = await my_feeds(tx, actor=actor)
        await revoke_feed(tx, actor=actor, feed_id=one.id, now=NOW)
    etag, _ = house.had[path]
    assert (await house.http.get(path, headers={"if-none-match": etag})).status_code == 410


async def test_who_left_an_organisation_is_not_told_of_it_any_more(
    house: House, cast: Cast, book: Book, db: Database, subscribe: Subscribe
) -> None:
    path = await subscribe(cast.member)
    await book(cast.colleague, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    house.spend()
    assert await house.entries(path) == 1
    await book(cast.colleague, cast.room_l, tuesday("12:00", "13:00"), organisation_id=cast.acme)
    assert await house.entries(path) == 1
    async with transaction(db) as tx:
        actor = await acting(db, cast.member)
        await remove_member(tx, actor=actor, organisation_id=cast.acme, account_id=cast.member.id, now=NOW)
    assert await house.entries(path) == 0


async def test_the_counter_of_bookings_says_whether_somebody_books(
    app: Litestar, cast: Cast, book: Book, visit: Visit
) -> None:
    door, path, over = House(visit()), f"/calendars/spaces/{cast.room_l}.ics", asyncio.Event()

    async def dawdle(placings: list[Placing]) -> list[BookingView | None]:
        await over.wait()
        return [None for _ in placings]

    app.state.counter = Together(dawdle, most=1, patience=60, at_once=1)
    assert await door.entries(path) == 0
    with app.state.kiosk._precedence.making():
        await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
        assert await door.entries(path) == 1
        waiting = asyncio.create_task(app.state.counter(None))
        await asyncio.sleep(0)
        await book(cast.member, cast.room_l, tuesday("12:00", "13:00"))
        assert await door.entries(path) == 1
    over.set()
    await waiting
