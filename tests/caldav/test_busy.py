"""When somebody has no time: what is firm, what is not, and not a word of what for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from incubator.bookings.cancel import cancel
from incubator.bookings.series_choice import Which
from incubator.caldav import names
from incubator.db.engine import Database, transaction
from tests.bookings.test_change_series import alter
from tests.bookings.test_series import again
from tests.caldav.client import propfind, report
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.calendars.readers import checked_by_libical
from tests.cast import Cast, acting, change
from tests.moments import NOW, TUESDAY, on, tuesday

WEEK = timedelta(weeks=1)
ASKED = "c:free-busy-query><c:time-range {}/></c:free-busy-query>"


async def test_what_is_taken_is_told_and_how_firmly(connect: Connect, cast: Cast, book: Book, db: Database) -> None:
    first, second, off = [
        await book(cast.member, cast.room_l, tuesday(start, end), title="Secret")
        for start, end in (("10:00", "11:00"), ("11:00", "12:00"), ("12:00", "13:00"))
    ]
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=off.id, now=NOW)
        await change(tx, cast.room_s, needs_approval=True)
    late = await book(cast.member, cast.room_s, tuesday("15:00", "16:00"))
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    span = 'start="20260908T083000Z" end="20260908T220000Z"'
    answer = await report(client, path, ASKED.format(span))
    assert answer.headers["content-type"].startswith("text/calendar")
    assert _busy(answer) == [
        (datetime(2026, 9, 8, 8, 30, tzinfo=UTC), second.period.end, "BUSY"),
        (late.period.start, late.period.end, "BUSY-TENTATIVE"),
    ]
    assert "Secret" not in answer.text and str(first.id) not in answer.text
    checked_by_libical(answer.content)


async def test_of_a_series_each_date_as_it_is(connect: Connect, cast: Cast, db: Database) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    await alter(db, cast.member, series, Which.THIS, 2, start_minute=840)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    moved, third = on(TUESDAY + WEEK, "14:00", "16:00"), on(TUESDAY + 2 * WEEK, "10:00", "12:00")
    answer = await report(client, path, ASKED.format('start="20260914T000000Z" end="20260926T000000Z"'))
    assert _busy(answer) == [(moved.start, moved.end, "BUSY"), (third.start, third.end, "BUSY")]


async def test_nothing_taken_is_nothing_told(connect: Connect, cast: Cast, book: Book) -> None:
    await book(cast.colleague, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    assert _busy(await report(client, path, ASKED.format('start="20260901T000000Z" end="20261001T000000Z"'))) == []


@pytest.mark.parametrize("open_end", ['start="20260908T090000Z"', 'end="20260908T100000Z"', 'start="20990101T000000Z"', 'end="19990101T000000Z"'])  # fmt: skip
async def test_an_open_end_is_as_far_as_the_calendar_reaches(
    connect: Connect, cast: Cast, book: Book, open_end: str
) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "13:00"))
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    found = _busy(await report(client, path, ASKED.format(open_end)))
    assert len(found) == ("2026" in open_end)
    assert all(booking.period.start <= start < end <= booking.period.end for start, end, _ in found)


@pytest.mark.parametrize("far", ['start="99991231T235959Z"', 'end="00010101T000000Z"'])
async def test_no_time_is_too_far_to_be_refused(connect: Connect, cast: Cast, far: str) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    assert (await report(client, path, ASKED.format(far))).status_code == 422


async def test_it_is_told_of_a_calendar_and_of_ones_own(connect: Connect, cast: Cast, book: Book) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    asked = ASKED.format('start="20260901T000000Z" end="20261001T000000Z"')
    assert (await report(client, f"{path}{booking.id}.ics", asked)).status_code == 403
    assert (await report(await connect(cast.stranger), path, asked)).status_code == 404
    reports = await propfind(client, path, "d:supported-report-set")
    assert reports.find(f".//{names.BUSY_QUERY}") is not None


def _busy(answer: httpx.Response) -> Sequence[tuple[datetime, datetime, str]]:
    assert answer.status_code == 200, answer.text
    [one] = Calendar.from_ical(answer.content).walk("VFREEBUSY")
    found = one.get("FREEBUSY", [])
    return [(said.start, said.end, said.params["FBTYPE"]) for said in (found if isinstance(found, list) else [found])]
