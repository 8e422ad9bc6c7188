"""The forms a feed comes in: by the ending of its address, or by what an Accept likes best."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from incubator.bookings.cancel import cancel
from incubator.calendars.feeds import FEEDS
from incubator.calendars.representations import ending_for
from incubator.db.engine import Database, transaction
from tests.bookings.test_series import again
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.every_feed import ADDRESSES, a_world
from tests.calendars.readers import (
    as_json_by_ical_js,
    checked_by_libical,
    expanded_by_ical_js,
    with_icalendar,
    with_icalendar_of_json,
)
from tests.calendars.test_jcal import known
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
JSON, CALENDAR, BUSY = "application/calendar+json", "text/calendar", "text/calendar;component=vfreebusy"


@pytest.mark.parametrize("kind", sorted(FEEDS))
async def test_every_feed_says_the_same_in_every_form(
    kind: str, visit: Visit, db: Database, cast: Cast, book: Book
) -> None:
    path = (await ADDRESSES[kind](await a_world(db, cast, book))).removesuffix(".ics")
    plain, as_json, busy = [(await visit().get(path + ending)) for ending in (".ics", ".json", ".ifb")]
    assert as_json.headers["content-type"] == JSON
    assert with_icalendar_of_json(as_json.content) == with_icalendar(plain.content)
    assert json.loads(as_json.content) == known(as_json_by_ical_js(plain.content))
    assert busy.headers["content-type"] == "text/calendar; charset=utf-8; component=vfreebusy"
    checked_by_libical(busy.content)
    events = Calendar.from_ical(plain.content).walk("VEVENT")
    free = {
        str(event["UID"]) for event in events if event["TRANSP"] == "TRANSPARENT" and event["STATUS"] != "CANCELLED"
    }
    taken = {
        instant
        for one in expanded_by_ical_js(plain.content)
        if one.status != "CANCELLED" and one.uid not in free
        for instant in range(one.start, one.end, 900)
    }
    # A series is told whole; free and busy says how far it reaches.
    first, last = span(busy.content)
    assert {instant for instant in taken if first <= instant < last} == {
        instant for start, end in periods(busy.content) for instant in range(start, end, 900)
    }
    assert b"SUMMARY" not in busy.content and b"Rada" not in busy.content


def span(octets: bytes) -> tuple[float, float]:
    [one] = Calendar.from_ical(octets).walk("VFREEBUSY")
    return one["DTSTART"].dt.timestamp(), one["DTEND"].dt.timestamp()


def periods(octets: bytes) -> list[tuple[int, int]]:
    [one] = Calendar.from_ical(octets).walk("VFREEBUSY")
    found = one.get("FREEBUSY", [])
    told = [
        (int(said.start.timestamp()), int(said.end.timestamp()))
        for said in (found if isinstance(found, list) else [found])
    ]
    assert told == sorted(told) and all(end < start for (_, end), (start, _) in itertools.pairwise(told))
    return told


async def test_what_waits_may_be_busy_and_what_is_called_off_is_not(
    visit: Visit, db: Database, cast: Cast, book: Book, subscribe: Subscribe
) -> None:
    path = (await subscribe(cast.member)).removesuffix(".ics")
    await again(db, cast.member, cast.room_l, title="Team")
    gone = await book(cast.member, cast.room_s, tuesday("14:00", "15:00"))
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=gone.id, now=NOW)
    told = periods((await visit().get(f"{path}.ifb")).content)
    week, start = timedelta(days=7), datetime(2026, 9, 8, 8, tzinfo=UTC)
    assert told == [
        (int((start + n * week).timestamp()), int((start + n * week + timedelta(hours=2)).timestamp()))
        for n in range(4)
    ]


async def test_accept_chooses_where_the_address_does_not(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, path = visit(), f"/calendars/spaces/{cast.room_l}"
    plain = await client.get(f"{path}.ics")
    as_json = await client.get(f"{path}.ics", headers={"accept": JSON})
    assert as_json.headers["content-type"] == JSON
    assert as_json.content == (await client.get(f"{path}.json", headers={"accept": CALENDAR})).content
    assert "accept" in as_json.headers["vary"].split(", ") and as_json.headers["etag"] != plain.headers["etag"]
    # The name of one form is not that of another.
    asked = {"accept": JSON, "if-none-match": plain.headers["etag"]}
    assert (await client.get(f"{path}.ics", headers=asked)).status_code == 200
    asked["if-none-match"] = as_json.headers["etag"]
    assert (await client.get(f"{path}.ics", headers=asked)).status_code == 304
    busy = await client.get(f"{path}.ics", headers={"accept": BUSY})
    assert b"BEGIN:VFREEBUSY" in busy.content
    assert (await client.get(f"{path}.xml")).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "ending"),
    [
        (None, ".ics"),
        (b"*/*", ".ics"),
        (b"text/html,application/xhtml+xml,*/*;q=0.8", ".ics"),
        (b"application/calendar+json", ".json"),
        (b"Application/Calendar+JSON, */*", ".json"),
        (b"application/calendar+json;q=0.1, */*", ".ics"),
        (b"text/calendar, application/calendar+json", ".ics"),
        (b"text/calendar;q=0.5, application/calendar+json", ".json"),
        (b"text/calendar; component=vfreebusy", ".ifb"),
        (b"text/calendar; component=vfreebusy; q=0", ".ics"),
        (b"application/calendar+json;q=x", ".ics"),
        (b"application/calendar+json;;,,;q=", ".json"),
    ],
)
def test_the_form_that_is_liked_best(accepted: bytes | None, ending: str) -> None:
    assert ending_for(accepted) == ending
