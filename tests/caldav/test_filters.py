"""Which things fit what a client asks for (RFC 4791, 9.7)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.caldav import names
from incubator.caldav.asked import Query, report
from incubator.caldav.filters import ASCII, COLLATIONS, Comp, Param, Prop, Text, fits
from incubator.caldav.range import Range
from incubator.caldav.reading import TRIED, Unmet
from incubator.calendars.write import Entry, Repeats
from incubator.kernel.period import Period

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWO = (Period(NOON, NOON + HOUR), Period(NOON + 24 * HOUR, NOON + 25 * HOUR))
USUAL = Entry(
    uid="abc",
    period=TWO[0],
    summary="Łódka, \\ i\nWiosło",
    changed_at=NOON - 48 * HOUR,
    categories=("Room", "Desk"),
    repeats=Repeats((1, 2), 1, 3, (), TWO),
)
LATER = Period(NOON + 50 * HOUR, NOON + 51 * HOUR)
GUESTS = USUAL._replace(period=LATER, summary="Guests", repeats=None, instead_of=NOON + 48 * HOUR)


def asked(**said: object) -> Comp:
    return Comp("VCALENDAR", comps=(Comp("VEVENT", **said),))  # type: ignore[arg-type]


def prop(name: str, **said: object) -> Comp:
    return asked(props=(Prop(name, **said),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Comp("VCALENDAR"), True),
        (Comp("VCALENDAR", absent=True), False),
        (Comp("VCALENDAR", within=Range(NOON, NOON + HOUR)), True),
        (Comp("VCALENDAR", within=Range(NOON - HOUR, NOON)), False),
        (Comp("VTODO"), False),
        (Comp("VCALENDAR", props=(Prop("VERSION", text=Text("2.0")),)), True),
        (Comp("VCALENDAR", props=(Prop("METHOD"),)), False),
        (Comp("VCALENDAR", comps=(Comp("VTODO"),)), False),
        (Comp("VCALENDAR", comps=(Comp("VTODO", absent=True),)), True),
        (Comp("VCALENDAR", comps=(Comp("VTIMEZONE"),)), True),
        (Comp("VCALENDAR", comps=(Comp("VTIMEZONE", absent=True),)), False),
        (asked(absent=True), False),
        (asked(comps=(Comp("VALARM"),)), False),
        (asked(comps=(Comp("VALARM", absent=True),)), True),
        (asked(within=Range(NOON + HOUR, NOON + 2 * HOUR)), False),
        (asked(within=Range(NOON - HOUR, NOON)), False),
        (asked(within=Range(NOON + 24 * HOUR, None)), True),
        (asked(within=Range(None, NOON + timedelta(seconds=1))), True),
        (asked(within=Range(LATER.start, LATER.end)), True),
        (asked(within=Range(LATER.start - 2 * HOUR, LATER.start)), False),
        (prop("UID", text=Text("ABC")), True),
        (prop("UID", text=Text("ABC", collation="i;octet")), False),
        (prop("UID", text=Text("abc", negated=True)), False),
        (prop("SUMMARY", text=Text("Łód")), True),
        (prop("SUMMARY", text=Text("łód")), False),
        (prop("SUMMARY", text=Text("łód", collation="i;unicode-casemap")), True),
        (prop("SUMMARY", text=Text(", \\ i\nwi")), True),
        (prop("SUMMARY", text=Text("guests")), True),
        (prop("CATEGORIES", text=Text("Room,Desk")), True),
        (asked(within=Range(NOON, NOON + HOUR), props=(Prop("SUMMARY", text=Text("guests")),)), False),
        (asked(within=Range(LATER.start, LATER.end), props=(Prop("SUMMARY", text=Text("guests")),)), True),
        (prop("LOCATION"), False),
        (prop("LOCATION", absent=True), True),
        (prop("UID", absent=True), False),
        (prop("TRANSP", text=Text("opaque")), True),
        (prop("RRULE"), True),
        (prop("RECURRENCE-ID"), True),
        (prop("DTSTART", within=Range(NOON, NOON + HOUR)), True),
        (prop("DTSTART", within=Range(NOON - HOUR, NOON)), False),
        (prop("DTEND", within=Range(NOON + HOUR, NOON + 2 * HOUR)), True),
        (prop("LAST-MODIFIED", within=Range(None, NOON - 47 * HOUR)), True),
        (prop("CREATED", within=Range(None, NOON)), False),
        (prop("DTSTART", params=(Param("TZID"),)), True),
        (prop("DTSTART", params=(Param("TZID", text=Text("warsaw")),)), True),
        (prop("DTSTART", params=(Param("TZID", absent=True),)), False),
        (prop("DTSTART", params=(Param("VALUE"),)), False),
        (prop("SUMMARY", params=(Param("LANGUAGE", absent=True),)), True),
    ],
)
def test_what_fits_a_filter(chosen: Comp, found: bool) -> None:
    assert fits(chosen, [USUAL, GUESTS]) is found


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_text_is_found_in_itself_however_it_is_compared(before: str, after: str) -> None:
    for collation in COLLATIONS:
        assert Text(after, collation=collation).fits(before + after)


def test_what_is_looked_for_is_made_ready_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be as long as a request, and a calendar has thousands of values."""
    alike: list[str] = []

    def lower(text: str) -> str:
        alike.append(text)
        return text.lower()

    monkeypatch.setattr("incubator.caldav.filters.COLLATIONS", {ASCII: lower})
    sought = prop("SUMMARY", text=Text("Guest"))
    assert [fits(sought, [entry]) for entry in (USUAL, GUESTS)] == [False, True]
    assert alike.count("Guest") == 1


@pytest.mark.parametrize("name", ["SUMM", "SUMMARY:GUESTS", "DTSTART;TZID=EUROPE/WARSAW", "X", ".*", "END"])
def test_what_no_property_is_called_is_not_there(name: str) -> None:
    assert fits(prop(name, absent=True), [GUESTS]) is (name != "END")


C = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
DAY = '<c:time-range start="20260901T000000Z" end="20260902T000000Z"/>'
MANY = '<c:prop-filter name="UID"/>' * TRIED


def read(calendar: str, *, event: str = "") -> Comp:
    inner = f'<c:comp-filter name="VEVENT">{event}</c:comp-filter>' if event else calendar
    body = f'<c:calendar-query {C}><c:filter><c:comp-filter name="VCALENDAR">{inner}</c:comp-filter></c:filter></c:calendar-query>'
    found = report(body.encode())
    assert isinstance(found, Query)
    return found.filter


@pytest.mark.parametrize(
    "calendar",
    [
        '<c:comp-filter name="VALARM"/>',
        '<c:comp-filter name="VCALENDAR"/>',
        f'<c:comp-filter name="VTIMEZONE">{DAY}</c:comp-filter>',
        '<c:comp-filter name="VTODO"><c:comp-filter name="VEVENT"/></c:comp-filter>',
        f'<c:comp-filter name="VEVENT"><c:prop-filter name="SUMMARY">{DAY}</c:prop-filter></c:comp-filter>',
        '<c:comp-filter name="VEVENT"><c:time-range/></c:comp-filter>',
        '<c:comp-filter name="VEVENT"><c:time-range start="2026"/></c:comp-filter>',
        '<c:prop-filter name=""/>',
        '<c:prop-filter name="UID"><c:param-filter/></c:prop-filter>',
        MANY,
    ],
)
def test_what_makes_no_sense_is_no_filter(calendar: str) -> None:
    with pytest.raises(Unmet) as unmet:
        read(calendar)
    assert unmet.value.condition == names.VALID_FILTER


@pytest.mark.parametrize("body", ["", '<c:comp-filter name="VEVENT"/>', '<c:comp-filter name="VCALENDAR"/>' * 2])
def test_a_filter_is_for_one_calendar_object(body: str) -> None:
    with pytest.raises(Unmet, match="valid-filter"):
        report(f"<c:calendar-query {C}><c:filter>{body}</c:filter></c:calendar-query>".encode())


@pytest.mark.parametrize(
    ("calendar", "about"),
    [
        ('<c:comp-filter name="x-&lt;&quot;"/>', "<c:comp-filter name='X-&lt;\"'/>"),
        ('<c:comp-filter name="VPOLL"/>', '<c:comp-filter name="VPOLL"/>'),
        (
            '<c:comp-filter name="VTIMEZONE"><c:prop-filter name="TZID"/></c:comp-filter>',
            '<c:prop-filter name="TZID"/>',
        ),
        (
            '<c:comp-filter name="VEVENT"><c:prop-filter name="X-ABC-GUID"><c:text-match>ABC</c:text-match></c:prop-filter></c:comp-filter>',
            '<c:prop-filter name="X-ABC-GUID"/>',
        ),
        (
            '<c:prop-filter name="PRODID"><c:param-filter name="X-A"/></c:prop-filter>',
            '<c:param-filter name="X-A"/>',
        ),
    ],
)
def test_what_nobody_can_look_for_is_named(calendar: str, about: str) -> None:
    with pytest.raises(Unmet) as unmet:
        read(calendar)
    assert (unmet.value.condition, unmet.value.about) == (names.SUPPORTED_FILTER, about)


def test_how_texts_are_compared() -> None:
    def collation(said: str) -> str | None:
        text = read("", event=f'<c:prop-filter name="UID"><c:text-match {said}>a</c:text-match></c:prop-filter>')
        found = text.comps[0].props[0].text
        return found and found.collation

    assert collation("") == collation('collation="default"') == "i;ascii-casemap"
    assert [collation(f'collation="{name}"') for name in COLLATIONS] == list(COLLATIONS)
    for other in ("i;*", "i;basic", ""):
        with pytest.raises(Unmet, match="supported-collation"):
            collation(f'collation="{other}"')


ZONE = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\nEND:VCALENDAR\n"


def test_the_zone_of_a_query_is_one() -> None:
    body = f'<c:calendar-query {C}><c:filter><c:comp-filter name="VCALENDAR"/></c:filter><c:timezone>{{}}</c:timezone></c:calendar-query>'
    assert report(body.format(ZONE).encode()) == report(body.format(ZONE.replace("\n", "&#13;\n")).encode())
    inner = "BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\n"
    for zone in ("", "Europe/Warsaw", ZONE.replace(inner, inner * 2), ZONE.replace(inner, ""), inner):
        with pytest.raises(Unmet, match="valid-calendar-data"):
            report(body.format(zone).encode())
