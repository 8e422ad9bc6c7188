"""What of a thing a client asks to be told: `calendar-data` of a report (RFC 4791, 9.6). Pure."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from incubator.caldav import names
from incubator.caldav.data import Data
from incubator.caldav.parts import ALL, Part
from incubator.caldav.range import Range
from incubator.caldav.reading import DEEPEST, Unmet, UnreadableRequest, closed_range_in

WRITTEN = ("text/calendar", "2.0")


def data_in(element: Element) -> Data:
    """Raises UnreadableRequest, Unmet where it is another format than ours."""
    media_type = element.get("content-type", WRITTEN[0]).partition(";")[0].strip().lower()
    if (media_type, element.get("version", WRITTEN[1]).strip()) != WRITTEN:
        raise Unmet(names.DATA_TYPES)
    expand, limit, _ = (_range(element, name) for name in (names.EXPAND, names.LIMIT_SET, names.LIMIT_BUSY))
    if expand and limit:
        raise UnreadableRequest()
    found = element.find(names.COMP)
    if found is None:
        return Data(expand, limit)
    if _name(found) != "VCALENDAR":
        raise UnreadableRequest()
    return Data(expand, limit, _part(found, 0))


def _range(element: Element, name: str) -> Range | None:
    found = element.find(name)
    return None if found is None else closed_range_in(found)


def _part(element: Element, depth: int) -> Part:
    """An empty one wants all, as VTIMEZONE in 7.8.1; else what is not named is not wanted."""
    if depth > DEEPEST:
        raise UnreadableRequest()
    if not len(element):
        return ALL
    return Part(_props(element), _parts(element, depth))


def _props(element: Element) -> Mapping[str, bool] | None:
    if element.find(names.CAL_ALL_PROP) is not None:
        return None
    return {_name(one): one.get("novalue") != "yes" for one in element.findall(names.CAL_PROP)}


def _parts(element: Element, depth: int) -> Mapping[str, Part] | None:
    if element.find(names.ALL_COMP) is not None:
        return None
    return {_name(one): _part(one, depth + 1) for one in element.findall(names.COMP)}


def _name(element: Element) -> str:
    return element.get("name", "").upper()
