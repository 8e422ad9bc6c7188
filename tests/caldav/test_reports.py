"""What reports tell of the things they find."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar, Event

from incubator.bookings.series_choice import Which
from incubator.caldav import names
from incubator.db.engine import Database
from tests.bookings.test_change_series import alter
from tests.bookings.test_series import again
from tests.caldav.client import hrefs, propfind, report, tree
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast
from tests.moments import TUESDAY, on, tuesday

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


FITTING = 'c:calendar-query><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">{}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>'


async def test_a_date_of_a_series_is_found_by_what_it_alone_says(connect: Connect, cast: Cast, db: Database) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    await alter(db, cast.member, series, Which.THIS, 3, title="Guests")
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    titled = '<c:prop-filter name="SUMMARY"><c:text-match>{}</c:text-match></c:prop-filter>'
    for title, week, count in (("guests", 2, 1), ("team", 1, 1), ("guests", 1, 0), ("team", 2, 0)):
        start, end = (TUESDAY + timedelta(weeks=week, days=days) for days in (0, 1))
        within = f'<c:time-range start="{start:%Y%m%d}T000000Z" end="{end:%Y%m%d}T000000Z"/>'
        asked = FITTING.format(within + titled.format(title))
        assert len(hrefs(tree(await report(client, path, asked)))) == count, (title, week)


@pytest.mark.parametrize(
    ("condition", "inner"),
    [
        ("supported-filter", '<c:prop-filter name="X-ABC-GUID"><c:text-match>ABC</c:text-match></c:prop-filter>'),
        ("valid-filter", '<c:prop-filter name="SUMMARY"><c:time-range start="20260901T000000Z"/></c:prop-filter>'),
        (
            "supported-collation",
            '<c:prop-filter name="UID"><c:text-match collation="i;x">a</c:text-match></c:prop-filter>',
        ),
    ],
)
async def test_what_does_not_hold_is_named(connect: Connect, cast: Cast, condition: str, inner: str) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    answer = await report(client, path, FITTING.format(inner))
    assert answer.status_code == 403
    [said] = ElementTree.fromstring(answer.content)
    assert said.tag == names.caldav(condition)
    assert [one.get("name") for one in said] == (["X-ABC-GUID"] if condition == "supported-filter" else [])


async def test_a_thing_can_be_asked_itself(connect: Connect, cast: Cast, book: Book) -> None:
    one, other = [await book(cast.member, cast.room_l, tuesday(f"{hour}:00", f"{hour + 1}:00")) for hour in (10, 12)]
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    href, elsewhere = f"{path}{one.id}.ics", f"{path}{other.id}.ics"
    many = f"c:calendar-multiget><d:prop><d:getetag/></d:prop><d:href>{href}</d:href><d:href>{elsewhere}</d:href></c:calendar-multiget>"
    found = tree(await report(client, href, many))
    assert [(said.findtext(names.HREF), said.find(f".//{names.ETAG}") is not None) for said in found] == [
        (href, True),
        (elsewhere, False),
    ]
    titled = '<c:prop-filter name="UID"><c:text-match>{}</c:text-match></c:prop-filter>'
    assert hrefs(tree(await report(client, href, FITTING.format(titled.format(one.id))))) == [href]
    assert hrefs(tree(await report(client, href, FITTING.format(titled.format(other.id))))) == []
    assert (await report(client, f"{path}{cast.member.id}.ics", FITTING.format(""))).status_code == 404


async def test_a_thing_that_goes_by_many_addresses_is_told_once(connect: Connect, cast: Cast, book: Book) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    href = f"{path}{booking.id}.ics"
    also = [
        href.upper().replace("/DAV/", "/dav/").replace("PERSONAL", "personal").replace(".ICS", ".ics"),
        f"http://x{href}",
    ]
    asked = "".join(f"<d:href>{one}</d:href>" for one in (*also, href, f"{path}none.ics"))
    body = f"c:calendar-multiget><d:prop><c:calendar-data/></d:prop>{asked}</c:calendar-multiget>"
    assert hrefs(tree(await report(client, path, body))) == [href, f"{path}none.ics"]


async def test_what_can_be_asked_is_told_and_can(connect: Connect, cast: Cast, book: Book) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, home = await connect(cast.member), f"/dav/{cast.member.id}/"
    calendar = f"{home}personal/"
    thing = {names.MULTIGET, names.QUERY, names.EXPAND_PROPERTY}
    every = thing | {names.SYNC_COLLECTION, names.BUSY_QUERY}
    person = {names.EXPAND_PROPERTY, names.PRINCIPAL_MATCH}
    expected = {"/dav/": person, home: person, calendar: every}
    for path, reports in (expected | {f"{calendar}{booking.id}.ics": thing}).items():
        root = await propfind(client, path, "d:supported-report-set", "c:supported-collation-set")
        told = [one[0].tag for one in root.iter(names.dav("report"))]
        assert (len(told), set(told)) == (len(reports), reports)
        collations = {one.text for one in root.iter(names.COLLATION)}
        assert collations >= {"i;ascii-casemap", "i;octet"} if names.QUERY in reports else not collations
        for name in every:
            answer = await report(client, path, f"{_spelt(name)}></{_spelt(name)}>")
            refused = b"supported-report" in answer.content
            assert refused == (name not in reports and answer.status_code != 422), (path, name)


async def test_properties_are_followed_to_the_person(connect: Connect, cast: Cast) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    body = """d:expand-property><d:property name="owner"><d:property name="displayname"/><d:property name="none"/>
        <d:property name="principal-URL"><d:property name="displayname"/></d:property></d:property>
        <d:property name="displayname"/></d:expand-property>"""
    [said] = tree(await report(client, path, body))
    owner = said.find(f".//{names.OWNER}/{names.dav('response')}")
    assert owner is not None and owner.findtext(names.HREF) == f"/dav/{cast.member.id}/"
    names_told = [one.text for one in owner.iter(names.DISPLAY_NAME)]
    assert len(names_told) == 2 and len(set(names_told)) == 1
    assert "404" in owner.findtext(f"{names.dav('propstat')}[2]/{names.dav('status')}", "")
    assert said.findtext(f"{names.dav('propstat')}/{names.PROP}/{names.DISPLAY_NAME}") == "My bookings and meetings"


async def test_who_asks_is_told_who_they_are_and_what_they_may(connect: Connect, cast: Cast) -> None:
    client, home = await connect(cast.member), f"/dav/{cast.member.id}/"
    body = "d:principal-match><d:self/><d:prop><c:calendar-home-set/></d:prop></d:principal-match>"
    for path in ("/dav/", home):
        [one] = tree(await report(client, path, body))
        assert one.findtext(names.HREF) == home == one.findtext(f".//{names.HOME_SET}/{names.HREF}")
    assert (await report(client, f"{home}personal/", body)).status_code == 403
    asked = ("d:acl", "d:supported-privilege-set", "d:current-user-privilege-set", "d:principal-collection-set")
    root = await propfind(client, f"{home}personal/", *asked)
    assert root.findtext(f".//{names.PRINCIPALS}/{names.HREF}") == "/dav/"
    granted, mine = (
        {one[0].tag for one in root.iterfind(f".//{name}//{names.dav('privilege')}")}
        for name in (names.ACL, names.PRIVILEGES)
    )
    assert granted == mine >= {names.dav("read"), names.READ_BUSY}
    known = {one[0].tag for one in root.iterfind(f".//{names.SUPPORTED_PRIVILEGES}//{names.dav('privilege')}")}
    assert known == mine | {names.dav("all")}
    assert root.findtext(f".//{names.ACL}/{names.dav('ace')}/{names.dav('principal')}/{names.HREF}") == home


async def test_who_asks_for_everything_is_spared_what_is_long(connect: Connect, cast: Cast, book: Book) -> None:
    """calendar-data is no property, and PROPFIND knows none of it (RFC 4791, 9.6)."""
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    root = tree(await client.request("PROPFIND", path, headers={"Depth": "0"}))
    assert root.find(f".//{names.DISPLAY_NAME}") is not None
    spared = (names.TIMEZONE, names.DESCRIPTION, names.SUPPORTED_REPORTS, names.COLLATIONS, names.SYNC_TOKEN)
    assert [root.find(f".//{name}") for name in spared] == [None] * 5
    body = '<propfind xmlns="DAV:"><propname/></propfind>'
    every = tree(await client.request("PROPFIND", path, content=body, headers={"Depth": "0"}))
    assert all(every.find(f".//{name}") is not None for name in spared)
    zone = (await propfind(client, path, "c:calendar-timezone")).findtext(f".//{names.TIMEZONE}", "")
    assert [str(one["TZID"]) for one in Calendar.from_ical(zone).walk("VTIMEZONE")] == ["Europe/Warsaw"]
    thing = await propfind(client, f"{path}{booking.id}.ics", "c:calendar-data")
    assert "404" in thing.findtext(f".//{names.dav('propstat')}/{names.dav('status')}", "")


def _spelt(name: str) -> str:
    return name.replace("{DAV:}", "d:").replace(f"{{{names.CALDAV}}}", "c:")


def _seen(event: Event) -> tuple[object, object, str]:
    return event["RECURRENCE-ID"].dt, event["DTSTART"].dt, str(event["SUMMARY"])
