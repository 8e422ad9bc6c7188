"""What a form says of how much of a calendar is wanted, and how the calendar's address says the same."""

from urllib.parse import quote, urlencode

from incubator.calendars.feed import Feed
from incubator.web.bodies import Body, OptionalLine

LISTS = ("kinds", "topic")


class Narrowing(Body, frozen=True):
    """The language that entries are `written` in; which kinds of them; of sessions which topics and language; the
    `first` and the `last` day; for how many days `cancelled` ones are told of. As typed; empty leaves it open."""

    written: OptionalLine = ""
    kinds: list[OptionalLine] = []
    topic: list[OptionalLine] = []
    language: OptionalLine = ""
    first: OptionalLine = ""
    last: OptionalLine = ""
    cancelled: OptionalLine = ""


def query_of(feed: Feed, wanted: Narrowing) -> str:
    """All kinds are as good as none, and what the feed knows nothing of is left out, unless nothing would be left."""
    said = [("lang", wanted.written)]
    if feed.kinds:
        kinds = [one for one in wanted.kinds if one in feed.kinds] or wanted.kinds
        said.append(("kinds", "" if {*kinds} == {*feed.kinds} else ",".join(kinds)))
    if feed.topical:
        said += [*(("topic", one) for one in wanted.topic), ("languages", wanted.language)]
    said += [("from", wanted.first.strip()), ("to", wanted.last.strip())]
    if feed.undone:
        said.append(("cancelled", wanted.cancelled.strip()))
    return urlencode([(name, value) for name, value in said if value], safe=",", quote_via=quote)
