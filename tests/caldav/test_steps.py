"""What an app has stays good for as long as the log can say what became different; and no more is read or written than it
asked for."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import pytest

from incubator.caldav.shelves import Shelves
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry, single
from incubator.db.engine import Database, snapshot
from incubator.db.versions import Changed
from incubator.exchanges.call_off import call_off
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.registrations.register import register
from tests.caldav.client import Store, hrefs, report, tree
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


QUERY = """c:calendar-query><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">
<c:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""


async def test_what_does_not_fit_is_not_written(
    connect: Connect, cast: Cast, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def counted(entries: Iterable[Entry]) -> bytes:
        written.extend(entry.uid for entry in entries)
        return single(entries)

    monkeypatch.setattr("incubator.caldav.shelf.single", counted)
    first, *others = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(10, 14)]
    booking = await book(cast.member, cast.room_l, first)
    for period in others:
        await book(cast.member, cast.room_l, period)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    found = tree(await report(client, path, QUERY.format(first.start, first.end)))
    assert hrefs(found) == [f"{path}{booking.id}.ics"]
    assert written == [str(booking.id)]
