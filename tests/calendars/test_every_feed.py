"""Every kind of feed in both languages, read by everything that we have to read calendars with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import vobject
from icalendar import Calendar

from incubator.calendars.feeds import FEEDS
from incubator.db.engine import Database
from tests.calendars.conftest import Book
from tests.calendars.every_feed import ADDRESSES, a_world
from tests.calendars.readers import READERS, Seen, expanded_by_ical_js, expanded_by_icalendar
from tests.calendars.readers.khal import listed_by_khal
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]
FIRST, DAYS = datetime(2026, 6, 1, tzinfo=UTC), 500
LANGUAGES = ("pl", "en")


@pytest.fixture(params=sorted(FEEDS))
async def told(request: pytest.FixtureRequest, visit: Visit, db: Database, cast: Cast, book: Book) -> dict[str, bytes]:
    """What a feed of this kind says in each language."""
    assert request.param in ADDRESSES, "tests/calendars/every_feed.py lacks an address of this kind of feed"
    path = await ADDRESSES[request.param](await a_world(db, cast, book))
    found = {}
    for language in LANGUAGES:
        answer = await visit().get(path, params={"lang": language})
        assert answer.status_code == 200, answer.text
        found[language] = answer.content
    return found


async def test_everybody_reads_it_and_sees_the_same(told: dict[str, bytes]) -> None:
    for octets in told.values():
        by_icalendar, *others = [read(octets) for read in READERS]
        assert by_icalendar, "an empty calendar proves nothing"
        assert all(len(other) == len(by_icalendar) for other in others)
        assert other_than_texts(by_icalendar) == other_than_texts(others[0]) == other_than_texts(others[1])
        vobject.readOne(octets.decode()).validate(raiseException=True)
        round_trip(octets)
        expanded = expanded_by_ical_js(octets)
        assert [(one.uid, one.start, one.end) for one in expanded] == [
            (one.uid, one.start, one.end)
            for one in expanded_by_icalendar(octets, first=FIRST, last=FIRST + timedelta(days=DAYS))
        ]
        assert listed_by_khal(octets, first=FIRST, days=DAYS) == sorted(
            (one.uid, one.start, one.end) for one in expanded
        )


async def test_both_languages_tell_of_the_same(told: dict[str, bytes]) -> None:
    polish, english = (READERS[0](told[language]) for language in LANGUAGES)
    assert other_than_texts(polish) == other_than_texts(english)
    assert told["pl"] != told["en"]


async def test_nobody_is_invited_and_nothing_rings(told: dict[str, bytes]) -> None:
    for octets in told.values():
        for sign in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"VALARM", b"ATTACH"):
            assert b"\r\n" + sign not in octets


def round_trip(octets: bytes) -> None:
    """Read, written and read again by icalendar it is what it was."""
    calendar = Calendar.from_ical(octets)
    assert Calendar.from_ical(calendar.to_ical()) == calendar


def other_than_texts(seen: list[Seen]) -> list[tuple[str, int, int, str, int]]:
    return sorted((one.uid, one.start, one.end, one.status, one.sequence) for one in seen)
