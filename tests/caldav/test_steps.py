"""What an app has stays good for as long as the log can say what became different."""

from dataclasses import replace
from uuid import UUID

from incubator.caldav.shelves import Shelves
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry
from incubator.db.engine import Database, snapshot
from incubator.db.versions import Changed
from incubator.exchanges.call_off import call_off
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.registrations.register import register
from tests.caldav.client import Store
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast, acting
from tests.exchanges.cast import a_session
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import met
from tests.mentoring.meetings import order as meeting
from tests.moments import NOW, tuesday
from tests.programmes.acts import doing
from tests.registrations.cast import order as seat


async def test_a_session_that_somebody_registered_for_comes_alone(
    connect: Connect, cast: Cast, book: Book, db: Database
) -> None:
    session = await a_session(db, cast.niepolomice)
    store = Store(await connect(cast.resident), f"/dav/{cast.resident.id}/personal/")
    await book(cast.resident, cast.room_l, tuesday("10:00", "11:00"))
    await store.sync()
    await doing(db, cast.resident, lambda tx, actor: register(tx, actor=actor, order=seat(session), now=NOW))
    path = f"{store.path}{session}.ics"
    assert await store.sync() == ({path}, set())
    await doing(
        db, cast.coordinator, lambda tx, actor: call_off(tx, actor=actor, session_id=session, reason="", now=NOW)
    )
    assert await store.sync() == (set(), {path})


async def test_a_meeting_comes_and_goes(connect: Connect, cast: Cast, book: Book, db: Database) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    mentor = await a_mentor(db, cast)
    await store.sync()
    made = await met(db, cast.member, meeting(mentor, cast))
    path = f"{store.path}{made.id}.ics"
    assert await store.sync() == ({path}, set())
    await doing(
        db, cast.member, lambda tx, actor: cancel_meeting(tx, actor=actor, meeting_id=made.id, reason="", now=NOW)
    )
    assert await store.sync() == (set(), {path})


async def test_a_look_that_finds_nothing_new_reads_nothing(cast: Cast, db: Database) -> None:
    async def never(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
        raise AssertionError(subjects)

    actor = await acting(db, cast.member)
    async with snapshot(db) as tx:
        shelves = Shelves(tx, actor, "https://x.example", NOW)
        shelf = await shelves.shelf(shelves.collections[0])
        quiet = replace(shelf, feed=replace(shelf.feed, sources=(never,)))
        changed = await quiet.changed(str(quiet.token))
        assert changed == Changed()
        assert await quiet.things(sorted(changed.named)) == {}
