"""What the public may know: that a space is taken, and nothing else."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from incubator.calendars.window import window_at
from incubator.db.engine import Database, transaction
from incubator.kernel.period import Period
from tests.bookings.paying import pays_first
from tests.calendars.conftest import Book, put_block
from tests.calendars.readers import READERS, Seen, with_icalendar
from tests.cast import Cast, change
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
SECRETS = ("Merger <b>talks</b>", "\r\nATTENDEE:mailto:x@example.com", "😀 tajne", "\u202eעברית")


async def fetch(visit: Visit, path: str) -> list[Seen]:
    answer = await visit().get(path)
    assert answer.status_code == 200, answer.text
    return with_icalendar(answer.content)


def times(seen: list[Seen]) -> list[tuple[int, int]]:
    return sorted((one.start, one.end) for one in seen)


def seconds(period: Period) -> tuple[int, int]:
    return int(period.start.timestamp()), int(period.end.timestamp())


def space_path(space: UUID, lang: str = "") -> str:
    return f"/calendars/spaces/{space}.ics{lang}"


async def test_a_space_says_busy_in_both_languages(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Merger talks")
    [polish] = await fetch(visit, space_path(cast.room_l))
    [english] = await fetch(visit, space_path(cast.room_l, "?lang=en"))
    assert (polish.summary, english.summary) == ("Zajęte", "Busy")
    assert (polish.start, polish.end) == seconds(tuesday("10:00", "11:00"))
    assert polish.uid == english.uid


async def test_no_word_of_a_booking_reaches_the_public(visit: Visit, cast: Cast, book: Book) -> None:
    made = [
        await book(
            cast.member, cast.room_l, tuesday(f"{9 + n}:00", f"{10 + n}:00"), title=title, organisation_id=cast.acme
        )
        for n, title in enumerate(SECRETS)
    ]
    for path in (space_path(cast.room_l), "/calendars/incubators/las.ics", "/calendars/incubators/las.ics?lang=en"):
        octets = (await visit().get(path)).content
        assert len(with_icalendar(octets)) == len(SECRETS)
        text = octets.decode().replace("\r\n ", "")
        for told in ("Merger", "talks", "ATTENDEE", "tajne", "עברית", "Acme", "member", "Member", cast.acme):
            assert str(told) not in text
        assert not any(str(booking.id) in text for booking in made)


async def test_a_joined_room_and_its_parts_show_each_others_bookings(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_la, tuesday("10:00", "11:00"))
    await book(cast.member, cast.room_a, tuesday("12:00", "13:00"))
    assert len(await fetch(visit, space_path(cast.room_l))) == 1
    assert len(await fetch(visit, space_path(cast.room_a))) == 2
    assert len(await fetch(visit, space_path(cast.room_la))) == 2
    assert await fetch(visit, space_path(cast.room_s)) == []
    assert len(await fetch(visit, "/calendars/incubators/las.ics")) == 3


async def test_blocks_and_turnaround_are_busy_and_holds_are_not(
    visit: Visit, cast: Cast, book: Book, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    await put_block(db, cast, cast.room_l, tuesday("08:00", "09:00"), reason="Secret repair")
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    await book(cast.member, cast.room_l, tuesday("14:00", "15:00"), outright=False)
    found = await fetch(visit, space_path(cast.room_l))
    assert times(found) == [seconds(tuesday("08:00", "09:00")), seconds(tuesday("10:00", "11:30"))]
    assert all(one.description == "" and one.summary == "Zajęte" for one in found)


async def test_an_entry_keeps_its_name_and_differs_from_space_to_space(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_la, tuesday("10:00", "11:00"))
    once, again = await fetch(visit, space_path(cast.room_l)), await fetch(visit, space_path(cast.room_l))
    assert once == again
    assert once[0].uid != (await fetch(visit, space_path(cast.room_a)))[0].uid


async def test_an_incubators_entries_name_the_space(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.desks[1], tuesday("10:00", "11:00"))
    await book(cast.stranger, cast.other_room, tuesday("10:00", "11:00"))
    [seen] = await fetch(visit, "/calendars/incubators/las.ics?lang=en")
    assert seen.summary == "Busy: DESK-2"
    assert seen.location == "DESK-2, LAS Open Space, Bocheńska 26, 32-005 Niepołomice"


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("lang", ["pl", "en"])
async def test_every_reader_reads_public_feeds_alike(
    visit: Visit, cast: Cast, book: Book, db: Database, read: Callable[[bytes], list[Seen]], lang: str
) -> None:
    async with transaction(db) as tx:
        await change(
            tx, cast.room_l, name_pl='Sala "L"; <b>1,2</b> żółć', name_en="Room \\n L\n😀", longest_minutes=9000
        )
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    await put_block(db, cast, cast.room_l, Period(window_at(NOW).span.start, tuesday("9:00", "10:00").start))
    for path in (space_path(cast.room_l, f"?lang={lang}"), f"/calendars/incubators/las.ics?lang={lang}"):
        octets = (await visit().get(path)).content
        assert len(read(octets)) == 2
        assert read(octets) == with_icalendar(octets)


async def test_only_the_window_is_told_of(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    span = window_at(NOW).span
    hour = span.moved(span.length)
    await put_block(db, cast, cast.room_l, Period(hour.start, hour.end))
    await put_block(db, cast, cast.room_s, Period(span.start - span.length, span.start))
    assert await fetch(visit, space_path(cast.room_l)) == []
    assert await fetch(visit, space_path(cast.room_s)) == []
    clock.now += span.length
    assert len(await fetch(visit, space_path(cast.room_l))) == 1


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/calendars/spaces/0198f2e4-0000-7000-8000-000000000000.ics", 404, "no_such_calendar"),
        ("/calendars/spaces/nothing.ics", 404, "no_such_calendar"),
        ("/calendars/spaces/nothing", 404, "no_such_calendar"),
        ("/calendars/incubators/nothing.ics", 404, "no_such_calendar"),
        ("/calendars/incubators/las", 404, "no_such_calendar"),
        ("/calendars/personal/nothing.ics", 404, "no_such_calendar"),
        ("/calendars/personal/%00%ff.ics", 422, "unreadable_address"),
        ("/calendars/incubators/las.ics?lang=de", 422, "unknown_calendar_language"),
        ("/calendars/incubators/las.ics?lang=%00", 422, "unreadable_address"),
    ],
)
async def test_wrong_addresses_are_told_so(visit: Visit, cast: Cast, path: str, status: int, code: str) -> None:
    answer = await visit().get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "set-cookie" not in answer.headers


async def test_why_a_feed_is_refused_can_be_read_everywhere_and_is_kept_nowhere(visit: Visit) -> None:
    for path in ("spaces/none.ics", "incubators/no-such.json", "incubators/las.ics?lang=xx", "none/at-all.ics"):
        refused = await visit().get(f"/calendars/{path}")
        assert refused.status_code in {404, 422} and refused.json()["code"], path
        assert refused.headers["access-control-allow-origin"] == "*" and refused.headers["cache-control"] == "no-store"
        assert "set-cookie" not in refused.headers


async def test_a_retired_space_is_gone(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, retired_at=NOW)
    answer = await visit().get(space_path(cast.room_s))
    assert (answer.status_code, answer.json()["code"]) == (410, "calendar_gone")


async def test_what_waits_for_its_payment_is_busy_and_a_hold_is_not(
    visit: Visit, db: Database, cast: Cast, book: Book
) -> None:
    await pays_first(db, cast)
    unpaid = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    assert unpaid.state == "awaiting_payment"
    await book(cast.member, cast.room_l, tuesday("12:00", "13:00"), outright=False)
    assert times(await fetch(visit, space_path(cast.room_l))) == [seconds(unpaid.period)]
    assert times(await fetch(visit, "/calendars/incubators/las.ics")) == [seconds(unpaid.period)]
