"""A request's body as XML, and what is written in it everywhere alike. Pure.

A body is at most LARGEST octets. Document types and entities are refused, so that none of it can grow.
"""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from incubator.caldav.range import Range
from incubator.kernel.errors import N_, Invalid

LARGEST = 1_000_000
DEEPEST = 8
"""Nothing that we know nests deeper in earnest."""
MOST, LONGEST = 100, 6_000
"""Names in one request, and characters in all of them: they are answered for each thing of a calendar."""
TRIED = 32
"""Parts of a filter, which is tried on each thing; apps ask with some five."""


class UnreadableRequest(Invalid):
    """A body that is no XML, or not what its method takes."""

    code = "unreadable_caldav_request"
    sentence = N_("This CalDAV request cannot be read.")


class Unmet(Exception):
    """A precondition of a report that does not hold, by its name; `about` is XML that says more."""

    def __init__(self, condition: str, about: str = "") -> None:
        super().__init__(condition)
        self.condition, self.about = condition, about


def root_of(body: bytes) -> Element:
    """Raises UnreadableRequest."""
    if len(body) > LARGEST:
        raise UnreadableRequest()
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise UnreadableRequest() from None
    return root


def range_in(element: Element) -> Range:
    """Half-open, in UTC (RFC 4791, 9.9). Raises UnreadableRequest."""
    start, end = (_instant(element.get(name)) for name in ("start", "end"))
    if (start is None and end is None) or (start is not None and end is not None and end <= start):
        raise UnreadableRequest()
    return Range(start, end)


def closed_range_in(element: Element) -> Range:
    """One whose both ends are told. Raises UnreadableRequest."""
    found = range_in(element)
    if found.start is None or found.end is None:
        raise UnreadableRequest()
    return found


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableRequest() from None
