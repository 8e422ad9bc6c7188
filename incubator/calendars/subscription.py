"""A public calendar that somebody chose to subscribe to, and every way in which an app can be told of it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from incubator.calendars.choices import choices_in
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.feeds import FEEDS
from incubator.calendars.links import Links, links_to
from incubator.calendars.standing import NoSuchCalendar, found
from incubator.db.engine import Tx
from incubator.web.bodies import Body, OptionalLine
from incubator.web.i18n import Translator

PUBLIC = {kind: feed for kind, feed in FEEDS.items() if not feed.secret}


class Wish(Body, frozen=True):
    """What the form says: the calendar as its address does (`incubators/las`); of an incubator one `space` as its own;
    the language that it is `written` in; which kinds of entries, and of sessions which topic and language."""

    of: OptionalLine = ""
    space: OptionalLine = ""
    written: OptionalLine = ""
    kinds: list[OptionalLine] = []
    topic: OptionalLine = ""
    language: OptionalLine = ""

    @property
    def calendar(self) -> str:
        return self.space or self.of


@dataclass(frozen=True, slots=True)
class Subscription:
    """`url` is the page that the calendar is about, `kinds` what its reader can choose, `topical` whether topics and
    languages too. `as_json` and `free_busy` are its other forms."""

    of: str
    name: str
    description: str
    url: str
    kinds: tuple[str, ...]
    topical: bool
    ways: Links
    as_json: str
    free_busy: str


async def subscription(tx: Tx, *, wish: Wish, texts: Translator, address: str, now: datetime) -> Subscription:
    """Raises NoSuchCalendar, CalendarGone, and whatever choices can be refused for."""
    kind, _, name = wish.calendar.partition("/")
    feed = PUBLIC.get(kind)
    read = feed.stands.read(name) if feed else None
    if feed is None or read is None:
        raise NoSuchCalendar()
    query = _query(feed, wish)
    choices = choices_in(query.encode(), kinds=feed.kinds, topical=feed.topical)
    standing = found((await feed.stands(tx, [read]))[0])
    head = await feed.head(Telling(tx, standing, choices, choices.window(now), texts, address))
    at = f"{address}/calendars/{wish.calendar}"
    return Subscription(
        of=wish.calendar,
        name=head.name,
        description=head.description,
        url=head.url,
        kinds=tuple(feed.kinds),
        topical=feed.topical,
        ways=links_to(f"{at}.ics?{query}", name=head.name),
        as_json=f"{at}.json?{query}",
        free_busy=f"{at}.ifb?{query}",
    )


def _query(feed: Feed, wish: Wish) -> str:
    """What was chosen, as the address says it; all kinds are as good as none."""
    kinds = "" if {*wish.kinds} == {*feed.kinds} else ",".join(wish.kinds)
    said = {"lang": wish.written, "kinds": kinds}
    if feed.topical:
        said |= {"topics": wish.topic, "languages": wish.language}
    return urlencode({name: value for name, value in said.items() if value}, safe=",", quote_via=quote)
