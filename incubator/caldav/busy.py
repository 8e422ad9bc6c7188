"""When somebody has no time, and nothing else (RFC 4791, 7.10): what their calendar holds, as in the VFREEBUSY of a feed."""

from datetime import timedelta

from incubator.caldav.range import Range
from incubator.caldav.reading import UnreadableRequest
from incubator.caldav.reply import Reply
from incubator.caldav.shelf import Shelf
from incubator.calendars.freebusy import MEDIA_TYPE, joined, piece
from incubator.kernel.period import Period

SECOND = timedelta(seconds=1)


async def busy(shelf: Shelf, within: Range) -> Reply:
    """Raises UnreadableRequest."""
    telling = shelf.telling
    span = _span(within, telling.window.span)
    things = await shelf.things()
    pieces = [piece(entry) for thing in things.values() for entry in thing.entries]
    head = await shelf.feed.head(telling)
    body = joined(head, pieces, key=telling.standing.key, span=span, changed_at=telling.moved_at)
    return Reply(200, body, [(b"content-type", MEDIA_TYPE.encode())])


def _span(within: Range, shown: Period) -> Period:
    """An open end reaches as far as the calendar does."""
    start, end = within.start or shown.start, within.end or shown.end
    try:
        return (
            Period(min(start, end - SECOND), end) if within.start is None else Period(start, max(end, start + SECOND))
        )
    except OverflowError:
        raise UnreadableRequest() from None
