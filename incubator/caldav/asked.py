"""What a client asks for: request bodies read into plain values. Pure."""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from incubator.caldav import names
from incubator.caldav.asked_data import data_in
from incubator.caldav.data import Data
from incubator.caldav.filters import Comp, Prop, Range, Text
from incubator.caldav.reading import DEEPEST, UnreadableRequest, range_in, root_of

MOST = 100
"""Properties in one request: each is answered for each thing of a calendar."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Properties by name, or all (`named` empty); `values` is off where the names alone are asked for. `data` says what of
    a thing's own text a report tells; it is no property, so PROPFIND knows none of it (RFC 4791, 9.6)."""

    named: tuple[str, ...] = ()
    values: bool = True
    data: Data | None = None


@dataclass(frozen=True, slots=True)
class Sync:
    """RFC 6578. An empty `token` asks for all."""

    wanted: Wanted
    token: str
    limit: int | None


@dataclass(frozen=True, slots=True)
class Multiget:
    wanted: Wanted
    hrefs: tuple[str, ...]
    """Each once."""


@dataclass(frozen=True, slots=True)
class Query:
    wanted: Wanted
    filter: Comp


@dataclass(frozen=True, slots=True)
class Busy:
    within: Range


Report = Sync | Multiget | Query | Busy


def propfind(body: bytes) -> Wanted:
    """No body asks for all. Raises UnreadableRequest."""
    if not body.strip():
        return Wanted()
    root = root_of(body)
    if root.tag != names.PROPFIND:
        raise UnreadableRequest()
    if root.find(names.PROP_NAME) is not None:
        return Wanted(values=False)
    return _wanted(root)


def report(body: bytes) -> Report | None:
    """None for a report that we do not make. Raises UnreadableRequest, Unmet."""
    root = root_of(body)
    if root.tag == names.SYNC_COLLECTION:
        return Sync(_told(root), (root.findtext(names.SYNC_TOKEN) or "").strip(), _limit(root))
    if root.tag == names.MULTIGET:
        return Multiget(_told(root), tuple(dict.fromkeys((one.text or "").strip() for one in root.findall(names.HREF))))
    if root.tag == names.QUERY:
        found = root.find(f"{names.FILTER}/{names.COMP_FILTER}")
        if found is None:
            raise UnreadableRequest()
        return Query(_told(root), _comp(found, 0))
    if root.tag == names.BUSY_QUERY:
        ranges = root.findall(names.TIME_RANGE)
        if len(ranges) != 1:
            raise UnreadableRequest()
        return Busy(range_in(ranges[0]))
    return None


def _wanted(root: Element) -> Wanted:
    found = root.find(names.PROP)
    if found is None:
        return Wanted()
    if len(found) > MOST:
        raise UnreadableRequest()
    return Wanted(tuple(dict.fromkeys(one.tag for one in found)))


def _told(root: Element) -> Wanted:
    found = root.find(f"{names.PROP}/{names.CALENDAR_DATA}")
    return _wanted(root) if found is None else replace(_wanted(root), data=data_in(found))


def _limit(root: Element) -> int | None:
    text = root.findtext(f"{names.LIMIT}/{names.N_RESULTS}")
    if text is None:
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and int(text.strip()[:9]) > 0):
        raise UnreadableRequest()
    return int(text.strip()[:9])


def _comp(element: Element, depth: int) -> Comp:
    if depth > DEEPEST:
        raise UnreadableRequest()
    return Comp(
        name=element.get("name", "").upper(),
        absent=element.find(names.NOT_DEFINED) is not None,
        within=_range(element.find(names.TIME_RANGE)),
        props=tuple(map(_prop, element.findall(names.PROP_FILTER))),
        comps=tuple(_comp(one, depth + 1) for one in element.findall(names.COMP_FILTER)),
    )


def _prop(element: Element) -> Prop:
    match = element.find(names.TEXT_MATCH)
    return Prop(
        name=element.get("name", "").upper(),
        absent=element.find(names.NOT_DEFINED) is not None,
        within=_range(element.find(names.TIME_RANGE)),
        text=None if match is None else Text(match.text or "", negated=match.get("negate-condition") == "yes"),
    )


def _range(element: Element | None) -> Range | None:
    return None if element is None else range_in(element)
