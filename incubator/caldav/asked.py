"""What a client asks for: request bodies read into plain values. Pure.

A body is at most LARGEST octets. Document types and entities are refused, so that none of it can grow.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from incubator.caldav import names
from incubator.caldav.filters import Comp, Prop, Range, Text
from incubator.kernel.errors import N_, Invalid

LARGEST = 1_000_000
DEEPEST = 8
"""Filters nest three deep in earnest."""
MOST = 100
"""Properties in one request: each is answered for each thing of a calendar."""


class UnreadableRequest(Invalid):
    """A body that is no XML, or not what its method takes."""

    code = "unreadable_caldav_request"
    sentence = N_("This CalDAV request cannot be read.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Properties by name, or all (`named` empty); `values` is off where the names alone are asked for."""

    named: tuple[str, ...] = ()
    values: bool = True


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


def propfind(body: bytes) -> Wanted:
    """No body asks for all. Raises UnreadableRequest."""
    if not body.strip():
        return Wanted()
    root = _root(body)
    if root.tag != names.PROPFIND:
        raise UnreadableRequest()
    if root.find(names.PROP_NAME) is not None:
        return Wanted(values=False)
    return _wanted(root)


def report(body: bytes) -> Sync | Multiget | Query | None:
    """None for a report that we do not make. Raises UnreadableRequest."""
    root = _root(body)
    if root.tag == names.SYNC_COLLECTION:
        return Sync(_wanted(root), (root.findtext(names.SYNC_TOKEN) or "").strip(), _limit(root))
    if root.tag == names.MULTIGET:
        return Multiget(
            _wanted(root), tuple(dict.fromkeys((one.text or "").strip() for one in root.findall(names.HREF)))
        )
    if root.tag == names.QUERY:
        found = root.find(f"{names.FILTER}/{names.COMP_FILTER}")
        if found is None:
            raise UnreadableRequest()
        return Query(_wanted(root), _comp(found, 0))
    return None


def _root(body: bytes) -> Element:
    if len(body) > LARGEST:
        raise UnreadableRequest()
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise UnreadableRequest() from None
    return root


def _wanted(root: Element) -> Wanted:
    found = root.find(names.PROP)
    if found is None:
        return Wanted()
    if len(found) > MOST:
        raise UnreadableRequest()
    return Wanted(tuple(dict.fromkeys(one.tag for one in found)))


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
    if element is None:
        return None
    start, end = (_instant(element.get(name)) for name in ("start", "end"))
    if (start is None and end is None) or (start is not None and end is not None and end <= start):
        raise UnreadableRequest()
    return Range(start, end)


def _instant(text: str | None) -> datetime | None:
    """Times of a range are in UTC (RFC 4791, 9.9)."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableRequest() from None
