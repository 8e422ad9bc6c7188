"""What clients ask for, as Thunderbird, DAVx⁵, Apple's Calendar, vdirsyncer and hostile ones write it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.caldav import names
from incubator.caldav.asked import Busy, Expansion, Multiget, Query, Sync, Wanted, propfind, report
from incubator.caldav.data import WHOLE, Data
from incubator.caldav.filters import Comp, Prop, Text
from incubator.caldav.parts import ALL, Part
from incubator.caldav.range import Range
from incubator.caldav.reading import LARGEST, LONGEST, MOST, Unmet, UnreadableRequest

C = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'


def test_nothing_asks_for_everything() -> None:
    assert propfind(b" \r\n") == Wanted()
    assert propfind(b'<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind>') == Wanted()


def test_the_names_alone() -> None:
    assert propfind(b'<propfind xmlns="DAV:"><propname/></propfind>') == Wanted(values=False)


def test_properties_by_name_each_once() -> None:
    body = b'<propfind xmlns="DAV:" xmlns:x="urn:x"><prop><getetag/><x:y/><getetag/></prop></propfind>'
    assert propfind(body) == Wanted((names.ETAG, "{urn:x}y"))


def test_a_sync_with_its_token_and_limit() -> None:
    body = (
        '<sync-collection xmlns="DAV:"><sync-token> urn:t </sync-token><sync-level>1</sync-level>'
        "<limit><nresults>50</nresults></limit><prop><getetag/></prop></sync-collection>"
    )
    assert report(body.encode()) == Sync(Wanted((names.ETAG,)), "urn:t", 50)
    assert report(b'<sync-collection xmlns="DAV:"><sync-token/><prop/></sync-collection>') == Sync(Wanted(), "", None)


def test_reports_can_ask_for_the_names_alone() -> None:
    body = f"<c:calendar-multiget {C}><d:propname/><d:href>/a</d:href></c:calendar-multiget>"
    assert report(body.encode()) == Multiget(Wanted(values=False), ("/a",))


def test_some_by_their_addresses_each_once() -> None:
    body = f"<c:calendar-multiget {C}><d:prop><d:getetag/></d:prop><d:href>/a</d:href><d:href>/a</d:href></c:calendar-multiget>"
    assert report(body.encode()) == Multiget(Wanted((names.ETAG,)), ("/a",))


def test_a_filter() -> None:
    body = f"""<c:calendar-query {C}><d:prop><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">
        <c:comp-filter name="vevent"><c:time-range start="20260901T000000Z"/>
          <c:prop-filter name="UID"><c:text-match negate-condition="yes">abc</c:text-match></c:prop-filter>
          <c:prop-filter name="X"><c:is-not-defined/></c:prop-filter>
        </c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""
    event = Comp(
        "VEVENT",
        within=Range(datetime(2026, 9, 1, tzinfo=UTC), None),
        props=(Prop("UID", text=Text("abc", negated=True)), Prop("X", absent=True)),
    )
    assert report(body.encode()) == Query(Wanted((names.CALENDAR_DATA,), data=WHOLE), Comp("VCALENDAR", comps=(event,)))


def test_what_properties_lead_to() -> None:
    body = f"""<d:expand-property {C}><d:property name="owner"><d:property name="displayname"/></d:property>
        <d:property name="calendar-home-set" namespace="urn:ietf:params:xml:ns:caldav"/></d:expand-property>"""
    assert report(body.encode()) == Expansion({names.OWNER: {names.DISPLAY_NAME: {}}, names.HOME_SET: {}})


def test_another_report_is_none_of_ours() -> None:
    assert report(b'<principal-property-search xmlns="DAV:"/>') is None


DATA = f"<c:calendar-multiget {C}><d:prop><c:calendar-data{{said}}>{{data}}</c:calendar-data></d:prop></c:calendar-multiget>"


def data(inner: str, said: str = "") -> Data | None:
    found = report(DATA.format(data=inner, said=said).encode())
    assert isinstance(found, Multiget)
    return found.wanted.data


def test_what_of_a_thing_is_wanted() -> None:
    """As in the example of RFC 4791, 7.8.1."""
    asked = """<c:comp name="VCALENDAR"><c:prop name="version"/><c:comp name="VEVENT"><c:prop name="SUMMARY"/>
        <c:prop name="X-ABC" novalue="yes"/></c:comp><c:comp name="VTIMEZONE"/></c:comp>"""
    event = Part({"SUMMARY": True, "X-ABC": False}, {})
    assert data(asked) == Data(part=Part({"VERSION": True}, {"VEVENT": event, "VTIMEZONE": ALL}))
    everything = '<c:comp name="VCALENDAR"><c:allprop/><c:allcomp/></c:comp>'
    assert (
        data(everything) == data("") == WHOLE == data("", ' content-type="Text/Calendar; charset=utf-8" version="2.0"')
    )


DAY = 'start="20260901T000000Z" end="20260902T000000Z"'


def test_which_dates_of_a_thing_are_wanted() -> None:
    day = Range(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 2, tzinfo=UTC))
    assert data(f"<c:expand {DAY}/>") == Data(expand=day)
    assert data(f"<c:limit-recurrence-set {DAY}/><c:limit-freebusy-set {DAY}/>") == Data(limit=day)


@pytest.mark.parametrize(
    "asked",
    [
        f"<c:expand {DAY}/><c:limit-recurrence-set {DAY}/>",
        "<c:limit-recurrence-set/>",
        "<c:limit-freebusy-set/>",
        '<c:comp name="VEVENT"/>',
        '<c:comp name="VCALENDAR">' * 20 + "</c:comp>" * 20,
    ],
)
def test_what_cannot_be_told_so_is_refused(asked: str) -> None:
    with pytest.raises(UnreadableRequest):
        data(asked)


@pytest.mark.parametrize("said", ['content-type="application/calendar+json"', 'version="1.0"', 'version=""'])
def test_another_format_is_a_condition_that_does_not_hold(said: str) -> None:
    with pytest.raises(Unmet, match="supported-calendar-data"):
        data("", f" {said}")


def test_when_somebody_is_busy() -> None:
    body = "<c:free-busy-query {}>{}</c:free-busy-query>".format
    day = f"<c:time-range {DAY}/>"
    assert report(body(C, day).encode()) == Busy(
        Range(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 2, tzinfo=UTC))
    )
    for asked in ("", day * 2, "<c:time-range/>"):
        with pytest.raises(UnreadableRequest):
            report(body(C, asked).encode())


NESTED = '<c:comp name="VCALENDAR">' * 20 + "</c:comp>" * 20
DEEP = '<d:property name="a">' * 20 + "</d:property>" * 20
WIDE = '<d:property name="owner"><d:property name="acl"/><d:property name="owner"/></d:property>' * (MOST // 3 + 1)
MANY = "".join(f"<d:p{number}/>" for number in range(MOST + 1))


@pytest.mark.parametrize(
    "body",
    [
        b"<",
        b"\xff\xfe",
        b"\0",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
        b'<d:propfind xmlns:d="DAV:">' + b" " * LARGEST + b"</d:propfind>",
        f"<d:propfind {C}><d:prop>{MANY}</d:prop></d:propfind>".encode(),
        f'<d:propfind {C}><d:prop><a xmlns="{"x" * LONGEST}"/></d:prop></d:propfind>'.encode(),
        f"<d:expand-property {C}>{WIDE}</d:expand-property>".encode(),
        f"<c:calendar-multiget {C}><d:prop><c:calendar-data>{NESTED}</c:calendar-data></d:prop></c:calendar-multiget>".encode(),
        f"<c:calendar-query {C}/>".encode(),
        f"<d:expand-property {C}>{DEEP}</d:expand-property>".encode(),
        f'<d:expand-property {C}><d:property name="a b"/></d:expand-property>'.encode(),
        f"<d:expand-property {C}><d:property/></d:expand-property>".encode(),
        b'<sync-collection xmlns="DAV:"><limit><nresults>-1</nresults></limit></sync-collection>',
        b'<sync-collection xmlns="DAV:"><limit><nresults>0</nresults></limit></sync-collection>',
    ],
)
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    for read in (propfind, report):
        try:
            read(body)
        except UnreadableRequest:
            return
    pytest.fail("neither refused it")


@given(st.binary(max_size=200))
def test_no_octets_break_it(body: bytes) -> None:
    for read in (propfind, report):
        try:
            read(body)
        except UnreadableRequest:
            continue
