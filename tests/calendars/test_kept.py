"""What a server keeps of a feed is what it would read: octet for octet, whatever happened in between."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.calendars import build
from incubator.calendars.choices import NONE
from incubator.calendars.feeds import FEEDS
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.make_feed import make_feed
from incubator.calendars.pieces import Piece, Pieces
from incubator.calendars.rights import Kind
from incubator.calendars.shelf import Kept, Shelf
from incubator.calendars.standing import CalendarGone, Standing, Standings
from incubator.calendars.told import Asked, Told
from incubator.calendars.write import Head
from incubator.db.engine import Database, transaction
from incubator.db.versions import bump, forget_changes
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.deeds import DEEDS, Deeds, Turn
from tests.calendars.deeds_around import DEEDS_AROUND
from tests.calendars.every_feed import World, secret
from tests.cast import Cast, acting, change
from tests.exchanges.cast import a_session, scalar
from tests.mentoring.cast import a_mentor
from tests.moments import NOW, tuesday
from tests.programmes.acts import an_edition

ADDRESS = "https://incubator.example"


def asked_for(path: str) -> Asked:
    _, _, kind, file = path.split("/", maxsplit=3)
    name, _, ending = file.rpartition(".")
    return Asked(FEEDS[kind], name, f".{ending}", NONE, FEEDS[kind].window(NONE, NOW))


async def told(kiosk: Kiosk, path: str) -> Told:
    asked = asked_for(path)
    return await kiosk.told(asked, await kiosk.standing(asked))


async def latest(kiosk: Kiosk, path: str) -> Told:
    """As it is told to who needs all of it."""
    asked = asked_for(path)
    return await kiosk.latest(asked) or await kiosk.told(asked, await kiosk.standing(asked))


async def told_if_there(kiosk: Kiosk, path: str, tell: Callable[[Kiosk, str], Awaitable[Told]] = told) -> Told | None:
    """None where the right to it ended."""
    try:
        return await tell(kiosk, path)
    except CalendarGone:
        return None


def put_together(told: Told | None) -> Told | None:
    """In how many parts does not count."""
    return replace(told, parts=(told.octets,)) if told else None


def fresh(db: Database) -> Kiosk:
    return Kiosk(db, address=ADDRESS)


@pytest.fixture
async def world(db: Database, cast: Cast) -> World:
    """Where deeds of every sort can be done."""
    edition = await an_edition(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
    for gmina, more in (
        (cast.niepolomice, {"state": "draft"}),
        (cast.niepolomice, {"edition_id": edition}),
        (None, {}),
    ):
        await a_session(db, gmina, **more)
    return World(db, cast, await a_mentor(db, cast))


@pytest.fixture
async def paths(world: World, subscribe: Subscribe) -> list[str]:
    cast = world.cast
    rooms = (cast.room_l, cast.room_a, cast.room_la, cast.room_s)
    people = (cast.member, cast.colleague, cast.stranger, world.ewa.person)
    edition = await scalar(world.db, EDITION)
    return [
        *(f"/calendars/spaces/{room}.ics" for room in rooms),
        "/calendars/incubators/las.ics",
        "/calendars/gminas/niepolomice.ics",
        "/calendars/metropolis/all.ics",
        "/calendars/sessions/all.ics",
        "/calendars/sessions/niepolomice.ics",
        "/calendars/mentors/ewa.ics",
        f"/calendars/editions/{edition}.ics",
        f"/calendars/programmes/{str(edition).split('/')[0]}.ics",
        *[await subscribe(one) for one in people],
        *[await secret(world, one, Kind.ORGANISATION, cast.acme) for one in (cast.member, cast.owner)],
        await secret(world, world.ewa.person, Kind.MENTOR, world.ewa.id),
        await secret(world, cast.coordinator, Kind.DESK, cast.niepolomice),
    ]


EDITION = "SELECT programme.slug || '/' || edition.slug FROM edition JOIN programme ON programme.id = programme_id"


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Whose feeds were read whole, one after another."""
    seen: list[UUID] = []
    real = build._anew

    async def noting(telling: build.Telling, asked: Asked, turn: int) -> Kept:
        seen.append(telling.standing.key)
        return await real(telling, asked, turn)

    monkeypatch.setattr(build, "_anew", noting)
    return seen


@pytest.mark.parametrize("given", [DEEDS, DEEDS_AROUND, (*DEEDS, *DEEDS_AROUND)], ids=["booking", "around", "all"])
@pytest.mark.parametrize("seed", range(2))
async def test_whatever_happens_what_is_kept_is_what_would_be_read(
    world: World, paths: list[str], seed: int, given: Sequence[Turn], anew: list[UUID]
) -> None:
    chance, coin = Random(seed), Random(seed)
    deeds, kiosk = Deeds(world.db, world.cast, world.ewa, chance, given), fresh(world.db)
    from_nothing = renewals = 0
    for path in paths:
        await told(kiosk, path)
    for _ in range(40):
        for _ in range(chance.choice((1, 1, 1, 4))):
            await deeds.one()
        for path in paths:
            before = len(anew)
            kept = await told_if_there(kiosk, path, coin.choice((told, latest)))
            from_nothing += len(anew) - before
            renewals += 1
            assert put_together(kept) == put_together(await told_if_there(fresh(world.db), path)), (path, deeds.done)
    assert len(deeds.done) > 15, deeds.done
    assert from_nothing < renewals / 4, "most of the time the log says what changed"


async def test_one_booking_more_is_one_piece_more(
    db: Database, cast: Cast, book: Book, subscribe: Subscribe, anew: list[UUID]
) -> None:
    path, kiosk = await subscribe(cast.member), fresh(db)
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="One")
    assert b"SUMMARY:One" in (await told(kiosk, path)).octets
    await book(cast.member, cast.room_l, tuesday("11:00", "12:00"), title="Two")
    kept = await told(kiosk, path)
    assert b"SUMMARY:One" in kept.octets and b"SUMMARY:Two" in kept.octets
    assert anew == [cast.member.id]
    assert (await told(kiosk, path)).parts is kept.parts, "nothing changed, nothing was made"


async def test_who_needs_all_of_what_is_kept_asks_once(
    db: Database, cast: Cast, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk, path = fresh(db), "/calendars/incubators/las.ics"
    assert await kiosk.latest(asked_for(path)) is None, "it is not kept yet"
    await told(kiosk, path)
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    monkeypatch.setattr(Standings, "__call__", None)
    monkeypatch.setattr("incubator.calendars.kiosk.snapshot", None)
    one_more = await latest(kiosk, path)
    assert one_more.octets.count(b"BEGIN:VEVENT") == 1
    assert (await latest(kiosk, path)).parts is one_more.parts, "nothing changed, nothing was made"


async def test_of_more_than_can_be_told_one_by_one_nothing_is_missed(
    db: Database, cast: Cast, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the log is cut in the middle of one move."""
    monkeypatch.setattr("incubator.calendars.news.MOST", 2)
    kiosk, path = fresh(db), "/calendars/incubators/las.ics"
    for hour in (10, 11, 12):
        await book(cast.member, cast.room_l, tuesday(f"{hour}:00", f"{hour}:30"))
    await told(kiosk, path)
    async with transaction(db) as tx:
        rows = await tx.fetch(
            "UPDATE booking SET sequence = sequence + 1 WHERE space_id = $1 RETURNING id", cast.room_l
        )
        await bump(tx, [cast.room_l], [row["id"] for row in rows])
    assert (await latest(kiosk, path)).octets == (await told(fresh(db), path)).octets


async def test_by_its_name_is_told_who_has_that_name_now(db: Database, cast: Cast, book: Book) -> None:
    kiosk, las, other = fresh(db), "/calendars/incubators/las.ics", "/calendars/incubators/other.ics"
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    async with transaction(db) as tx:
        key = await tx.fetchval("SELECT id FROM incubator WHERE id <> $1 LIMIT 1", cast.las)
        await tx.execute("UPDATE incubator SET slug = 'other' WHERE id = $1", key)
    before = {path: (await told(kiosk, path)).octets for path in (las, other)}
    async with transaction(db) as tx:
        for slug, of in (("between", cast.las), ("las", key), ("other", cast.las)):
            await tx.execute("UPDATE incubator SET slug = $1 WHERE id = $2", slug, of)
        await bump(tx, [cast.las, key])
    for path in (las, other):
        octets = (await latest(kiosk, path)).octets
        assert octets == (await told(fresh(db), path)).octets and octets != before[path]


async def test_who_was_away_for_longer_than_the_log_reaches_begins_anew(
    db: Database, cast: Cast, book: Book, subscribe: Subscribe, anew: list[UUID]
) -> None:
    path, kiosk = await subscribe(cast.member), fresh(db)
    for hour in (10, 11):
        await book(cast.member, cast.room_l, tuesday(f"{hour}:00", f"{hour + 1}:00"))
        await told(kiosk, path)
    await book(cast.member, cast.room_l, tuesday("12:00", "13:00"))
    async with transaction(db) as tx:
        await forget_changes(tx, now=datetime.now(NOW.tzinfo) + timedelta(days=31))
    await book(cast.member, cast.room_l, tuesday("13:00", "14:00"))
    assert (await told(kiosk, path)).octets.count(b"BEGIN:VEVENT") == 4
    assert anew == [cast.member.id] * 2


async def test_many_who_ask_at_once_have_it_built_once(db: Database, cast: Cast, book: Book, anew: list[UUID]) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    kiosk, path = fresh(db), f"/calendars/spaces/{cast.room_l}.ics"
    answers = await asyncio.gather(*(told(kiosk, path) for _ in range(50)))
    assert len({one.octets for one in answers}) == 1
    assert anew == [cast.room_l]


async def test_each_reader_is_told_in_their_language_however_many_ask(
    db: Database, cast: Cast, book: Book, anew: list[UUID]
) -> None:
    """Those of an organisation read one calendar; who waits for what another has built gets none of theirs."""
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.colleague.id)
    kiosk, asked, standing = fresh(db), [], []
    for who in (cast.member, cast.colleague):
        actor = await acting(db, who)
        async with transaction(db) as tx:
            made = await make_feed(tx, actor=actor, name="x", kind=Kind.ORGANISATION, subject_id=cast.acme, now=NOW)
        asked.append(asked_for(made.path))
        standing.append(await kiosk.standing(asked[-1]))
    answers = await asyncio.gather(*map(kiosk.told, asked, standing))
    assert [b"CATEGORIES:Sala" in one.octets for one in answers] == [False, True]
    anew.clear()
    for turn in range(4):
        await kiosk.told(asked[turn % 2], standing[turn % 2])
    assert anew == []


async def test_nobody_is_told_less_than_they_know(db: Database, cast: Cast) -> None:
    """Whoever has seen their booking committed finds it in the feed, however many build it at that moment."""
    kiosk, path, actor = fresh(db), f"/calendars/spaces/{cast.room_l}.ics", await acting(db, cast.member)
    over = asyncio.Event()

    async def poll() -> int:
        turns = 0
        while not over.is_set():
            await (latest if turns % 2 else told)(kiosk, path)
            turns += 1
        return turns

    async with asyncio.TaskGroup() as group:
        pollers = [group.create_task(poll()) for _ in range(4)]
        try:
            for number in range(20):
                period = tuesday("8:00", "9:00").moved(timedelta(days=7 * (number % 4), hours=number // 4))
                async with transaction(db) as tx:
                    await hold(tx, actor=actor, space_id=cast.room_l, period=period, outright=True, now=NOW)
                look = (told, latest)[number % 2]
                assert (await look(kiosk, path)).octets.count(b"BEGIN:VEVENT") == number + 1
        finally:
            over.set()
    assert min(poller.result() for poller in pollers) > 0


@pytest.mark.parametrize("full", [1, 2, 5, 512])
def test_pieces_come_in_one_order_whichever_way_they_came(full: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incubator.calendars.pieces.FULL", full)
    chance = Random(7)
    now: dict[UUID, list[Piece]] = {}
    kept = Pieces([], between=b"-")
    for turn in range(400):
        changed = {UUID(int=chance.randrange(1, 30)) for _ in range(chance.randrange(1, 4))}
        for one in changed:
            many = chance.choice((0, 1, 1, 3))
            places = [(NOW + timedelta(hours=chance.randrange(5)), f"u{one.int}", one.int) for _ in range(many)]
            now[one] = [Piece(place, one, f"{turn} {n}".encode()) for n, place in enumerate(places)]
        kept.replace(changed, [piece for one in changed for piece in now[one]])
        anew = Pieces([piece for pieces in now.values() for piece in pieces], between=b"-")
        assert list(kept) == list(anew) and len(kept) == len(anew)
        assert b"".join(kept.blocks) == b"".join(anew.blocks) == b"".join(b"-" + one for one in anew)


def a_kept(size: int) -> Kept:
    told = Told(b"text/calendar", b'"x"', NOW, (b"x" * size,))
    return Kept(
        Standing(UUID(int=0), False, "", None, 0, ""), {}, told, "pl", Head(name="x"), Pieces([], between=b""), 1
    )


def test_the_shelf_has_a_bound_and_what_was_asked_for_last_stays() -> None:
    shelf, asked = Shelf(octets=1000), asked_for("/calendars/incubators/las.ics")
    keys = [(UUID(int=number), asked) for number in range(4)]
    for key in keys[:3]:
        shelf.put(key, a_kept(150))
    assert shelf.get(keys[0]) is not None
    shelf.put(keys[3], a_kept(150))
    assert [shelf.get(key) is not None for key in keys] == [True, False, True, True]
    shelf.put(keys[0], a_kept(600))
    assert shelf.get(keys[0]) is None, "one that takes half of the room is not kept"
    shelf.put(keys[1], a_kept(150))
    assert all(shelf.get(key) for key in keys[1:])
