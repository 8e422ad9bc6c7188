"""What reports tell of the things they find."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from incubator.bookings.series_choice import Which
from incubator.caldav import names
from incubator.db.engine import Database
from tests.bookings.test_change_series import alter
from tests.bookings.test_series import again
from tests.caldav.client import report, tree
from tests.caldav.conftest import Connect
from tests.cast import Cast
from tests.moments import TUESDAY, on

WEEK = timedelta(weeks=1)
SECOND, THIRD = on(TUESDAY + WEEK, "10:00", "12:00"), on(TUESDAY + 2 * WEEK, "10:00", "12:00")
RANGE = f'start="{SECOND.start:%Y%m%dT%H%M%SZ}" end="{THIRD.end:%Y%m%dT%H%M%SZ}"'
WHOLE_FILTER = '<c:filter><c:comp-filter name="VCALENDAR"/></c:filter>'
PROPS = "<d:prop><d:getetag/><c:calendar-data>{}</c:calendar-data></d:prop>"
REPORTS = {
    "query": f"c:calendar-query>{PROPS}{WHOLE_FILTER}</c:calendar-query>",
    "multiget": f"c:calendar-multiget>{PROPS}<d:href>{{href}}</d:href></c:calendar-multiget>",
    "sync": f"d:sync-collection><d:sync-token/><d:sync-level>1</d:sync-level>{PROPS}</d:sync-collection>",
}
everywhere = pytest.mark.parametrize("body", REPORTS.values(), ids=REPORTS)


@everywhere
async def test_each_date_of_a_series_comes_by_itself(connect: Connect, cast: Cast, db: Database, body: str) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    await alter(db, cast.member, series, Which.THIS, 3, title="Guests", start_minute=540)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    asked = body.format(f"<c:expand {RANGE}/>", href=f"{path}{series.id}.ics")
    [one] = tree(await report(client, path, asked)).findall(names.dav("response"))
    assert one.findtext(f".//{names.ETAG}") == (await client.get(f"{path}{series.id}.ics")).headers["etag"]
    found = [_seen(event) for event in Calendar.from_ical(one.findtext(f".//{names.CALENDAR_DATA}", "")).events]
    early = THIRD.start - timedelta(hours=1)
    assert found == [(SECOND.start, SECOND.start, "Team"), (THIRD.start, early, "Guests")]


@everywhere
@pytest.mark.parametrize(
    "said",
    ["<c:expand/>", '<c:expand start="20260901T000000Z"/>', '<c:expand start="20260901T000000Z" end="20260901"/>'],
)
async def test_dates_of_no_range_cannot_be_told(connect: Connect, cast: Cast, body: str, said: str) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    assert (await report(client, path, body.format(said, href="/"))).status_code == 422


def _seen(event: Event) -> tuple[object, object, str]:
    return event["RECURRENCE-ID"].dt, event["DTSTART"].dt, str(event["SUMMARY"])
