"""Which things a client asks for: the filter of a calendar-query (RFC 4791, 9.7), as far as it makes sense. Pure.

What can be in our calendars is known by its name, and is there or not. What a name beginning with X- would mean nobody
knows, and what is told of our time zone is asked by nobody: those are filters that we do not support.
"""

from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from incubator.caldav import names
from incubator.caldav.filters import ASCII, COLLATIONS, Comp, Param, Prop, Text
from incubator.caldav.range import Range
from incubator.caldav.reading import TRIED, Unmet, UnreadableRequest, range_in

IN_CALENDAR = {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"}
INSIDE = {"VCALENDAR": IN_CALENDAR, "VEVENT": {"VALARM"}, "VTODO": {"VALARM"}}
KNOWN = {"VCALENDAR", "VALARM", *IN_CALENDAR}
DATED = {"COMPLETED", "CREATED", "DTEND", "DTSTAMP", "DTSTART", "DUE", "LAST-MODIFIED"}
"""Properties for which a time range has a meaning (9.9). It has none for a time zone; for the calendar object it is what it
is for all in it, as python-caldav asks for where nobody said what is looked for."""


def filter_in(element: Element) -> Comp:
    """Raises Unmet."""
    found = element.findall(names.COMP_FILTER)
    if len(found) != 1 or _name(found[0]) != "VCALENDAR" or sum(1 for _ in element.iter()) > TRIED:
        raise Unmet(names.VALID_FILTER)
    return _comp(found[0])


def _comp(element: Element) -> Comp:
    name, within = _name(element), _range(element)
    if within is not None and name == "VTIMEZONE":
        raise Unmet(names.VALID_FILTER)
    inner = element.findall(names.COMP_FILTER)
    for one in inner:
        _check_nesting(name, _name(one))
    return Comp(
        name=name,
        absent=_absent(element),
        within=within,
        props=tuple(_prop(one, name) for one in element.findall(names.PROP_FILTER)),
        comps=tuple(map(_comp, inner)),
    )


def _check_nesting(outer: str, inner: str) -> None:
    if inner not in KNOWN:
        raise _unsupported("comp-filter", inner)
    if inner not in INSIDE.get(outer, ()):
        raise Unmet(names.VALID_FILTER)


def _prop(element: Element, of: str) -> Prop:
    name, within, text = _name(element), _range(element), _text(element)
    if not name or (within is not None and (name not in DATED or text is not None)):
        raise Unmet(names.VALID_FILTER)
    if name.startswith("X-") or of == "VTIMEZONE":
        raise _unsupported("prop-filter", name)
    params = tuple(map(_param, element.findall(names.PARAM_FILTER)))
    return Prop(name, _absent(element), within, text, params)


def _param(element: Element) -> Param:
    name = _name(element)
    if not name:
        raise Unmet(names.VALID_FILTER)
    if name.startswith("X-"):
        raise _unsupported("param-filter", name)
    return Param(name, _absent(element), _text(element))


def _text(element: Element) -> Text | None:
    match = element.find(names.TEXT_MATCH)
    if match is None:
        return None
    collation = match.get("collation", ASCII)
    if collation != "default" and collation not in COLLATIONS:
        raise Unmet(names.COLLATION)
    negated = match.get("negate-condition") == "yes"
    return Text(match.text or "", negated, ASCII if collation == "default" else collation)


def _range(element: Element) -> Range | None:
    found = element.find(names.TIME_RANGE)
    try:
        return None if found is None else range_in(found)
    except UnreadableRequest:
        raise Unmet(names.VALID_FILTER) from None


def _absent(element: Element) -> bool:
    return element.find(names.NOT_DEFINED) is not None


def _name(element: Element) -> str:
    return element.get("name", "").upper()


def _unsupported(kind: str, name: str) -> Unmet:
    return Unmet(names.SUPPORTED_FILTER, f"<c:{kind} name={quoteattr(name)}/>")
