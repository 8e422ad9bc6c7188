"""What a client asks for: request bodies read into plain values. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from incubator.caldav import names
from incubator.caldav.asked_data import data_in
from incubator.caldav.asked_filter import filter_in
from incubator.caldav.data import Data
from incubator.caldav.filters import Comp
from incubator.caldav.range import Range
from incubator.caldav.reading import DEEPEST, LONGEST, MOST, Unmet, UnreadableRequest, range_in, root_of

ZONE = re.compile(
    r"BEGIN:VCALENDAR\s(?:(?!BEGIN:).)*BEGIN:VTIMEZONE\s(?:(?!BEGIN:V).)*END:VTIMEZONE\s+END:VCALENDAR", re.S
)
"""A calendar object with one time zone in it, as it looks from afar."""
NCNAME = re.compile(r"[^\W\d][\w.-]*")


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


Tree = Mapping[str, "Tree"]
"""Properties by name, and what is asked of whatever each of them leads to."""


@dataclass(frozen=True, slots=True)
class Expansion:
    tree: Tree


@dataclass(frozen=True, slots=True)
class Myself:
    """What is told of who asks."""

    wanted: Wanted


Report = Sync | Multiget | Query | Busy | Expansion | Myself


def propfind(body: bytes) -> Wanted:
    """No body asks for all. Raises UnreadableRequest."""
    if not body.strip():
        return Wanted()
    root = root_of(body)
    if root.tag != names.PROPFIND:
        raise UnreadableRequest()
    return _wanted(root)


def report(body: bytes) -> Report | None:
    """None for a report that we do not make. Raises UnreadableRequest, Unmet."""
    root = root_of(body)
    if root.tag == names.SYNC_COLLECTION:
        return Sync(_told(root), (root.findtext(names.SYNC_TOKEN) or "").strip(), _limit(root))
    if root.tag == names.MULTIGET:
        return Multiget(_told(root), tuple(dict.fromkeys((one.text or "").strip() for one in root.findall(names.HREF))))
    if root.tag == names.QUERY:
        return _query(root)
    if root.tag == names.BUSY_QUERY:
        ranges = root.findall(names.TIME_RANGE)
        if len(ranges) != 1:
            raise UnreadableRequest()
        return Busy(range_in(ranges[0]))
    if root.tag == names.EXPAND_PROPERTY:
        if sum(1 for _ in root.iter()) > MOST:
            raise UnreadableRequest()
        return Expansion(_tree(root, 0))
    if root.tag == names.PRINCIPAL_MATCH and root.find(names.SELF) is not None:
        return Myself(_wanted(root))
    return None


def _query(root: Element) -> Query:
    """The zone is for hours that are of no zone and for days, and there are none in our calendars."""
    found, zone = root.find(names.FILTER), root.findtext(names.ZONE)
    if found is None:
        raise UnreadableRequest()
    if zone is not None and ZONE.fullmatch(zone.strip()) is None:
        raise Unmet(names.caldav("valid-calendar-data"))
    return Query(_told(root), filter_in(found))


def _wanted(root: Element) -> Wanted:
    if root.find(names.PROP_NAME) is not None:
        return Wanted(values=False)
    found = root.find(names.PROP)
    if found is None:
        return Wanted()
    if len(found) > MOST or sum(len(one.tag) for one in found) > LONGEST:
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


def _tree(element: Element, depth: int) -> Tree:
    if depth > DEEPEST:
        raise UnreadableRequest()
    return {_named(one): _tree(one, depth + 1) for one in element.findall(names.PROPERTY)}


def _named(element: Element) -> str:
    name = element.get("name", "")
    if NCNAME.fullmatch(name) is None:
        raise UnreadableRequest()
    return f"{{{element.get('namespace', names.DAV)}}}{name}"
