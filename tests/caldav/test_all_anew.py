"""What can have changed everything is told as that: few apps list anew by themselves when their token is refused."""

import msgspec
import pytest

from incubator.bookings.cancel import cancel
from incubator.db.engine import Database, session, transaction
from incubator.mentoring.add_mentor import add_mentor
from incubator.people.change_profile import change_profile
from incubator.places.describe_incubator import describe_incubator
from incubator.places.details import IncubatorDetails, picked
from tests.caldav.client import Store
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

EVERY_HOUR = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(10, 13)]


async def test_a_house_that_is_called_otherwise_is_so_in_every_entry_and_what_went_meanwhile_is_told(
    connect: Connect, cast: Cast, book: Book, db: Database
) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    bookings = [await book(cast.member, cast.room_l, period) for period in EVERY_HOUR]
    paths = [f"{store.path}{booking.id}.ics" for booking in bookings]
    await store.sync()
    coordinator, member = await acting(db, cast.coordinator), await acting(db, cast.member)
    async with transaction(db) as tx:
        row = await tx.fetchrow("SELECT * FROM incubator WHERE id = $1", cast.las)
        assert row is not None
        details = msgspec.structs.replace(picked(row, IncubatorDetails), name="Puszcza")
        await describe_incubator(tx, actor=coordinator, incubator_id=cast.las, details=details, now=NOW)
        await cancel(tx, actor=member, booking_id=bookings[1].id, now=NOW)
    assert await store.sync() == ({paths[0], paths[2]}, {paths[1]})
    assert all("Puszcza" in text for text in store.things.values())
    assert await store.sync() == (set(), set())


async def test_a_name_anywhere_stops_nobodys_calendar(connect: Connect, cast: Cast, book: Book, db: Database) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    await book(cast.member, cast.room_l, EVERY_HOUR[0])
    await store.sync()
    stranger = await acting(db, cast.stranger)
    async with session(db) as opened:
        await change_profile(opened, actor=stranger, name="Anna", locale="pl", gmina_id=None, now=NOW)
    before = store.things
    assert await store.sync() == (set(before), set())
    assert store.things == before


async def test_who_becomes_a_mentor_is_told_all_once_more(
    connect: Connect, cast: Cast, book: Book, db: Database
) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    await book(cast.member, cast.room_l, EVERY_HOUR[0])
    await store.sync()
    coordinator, email = await acting(db, cast.coordinator), cast.member.email
    async with transaction(db) as tx:
        await add_mentor(tx, actor=coordinator, gmina_id=cast.niepolomice, email=email, name="Ewa", now=NOW)
    assert await store.sync() == (set(store.things), set())
    assert await store.sync() == (set(), set())


@pytest.mark.parametrize("form", ["1", "4"])
async def test_what_is_written_otherwise_since_is_told_once_more(
    connect: Connect, cast: Cast, book: Book, form: str
) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    await book(cast.member, cast.room_l, EVERY_HOUR[0])
    await store.sync()
    prefix, rest = store.token.split("-", 1)
    store.token = f"{prefix.rpartition(':')[0]}:{form}-{rest}"
    assert await store.sync() == (set(store.things), set())
    assert await store.sync() == (set(), set())


@pytest.mark.parametrize("of", ["personal", "organisation"])
async def test_who_reads_in_another_language_from_now_on_is_told_all_in_it(
    connect: Connect, cast: Cast, book: Book, db: Database, of: str
) -> None:
    organisation = cast.acme if of == "organisation" else None
    name = f"{of}-{organisation}" if organisation else of
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/{name}/")
    await book(cast.member, cast.room_l, EVERY_HOUR[0], organisation_id=organisation)
    await store.sync()
    actor = await acting(db, cast.member)
    async with session(db) as opened:
        await change_profile(opened, actor=actor, name=actor.name, locale="pl", gmina_id=None, now=NOW)
    assert await store.sync() == (set(store.things), set())
    assert all("CATEGORIES:Sala" in text for text in store.things.values()) and store.things
    assert await store.sync() == (set(), set())
