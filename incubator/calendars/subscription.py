"""A public calendar that somebody chose to subscribe to, and every way in which an app can be told of it."""

from dataclasses import dataclass
from datetime import datetime

from incubator.calendars.choices import choices_in
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.feeds import FEEDS
from incubator.calendars.links import Links, links_to
from incubator.calendars.narrowing import Narrowing, query_of
from incubator.calendars.standing import CalendarGone, Name
from incubator.calendars.write import Head
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.web.bodies import OptionalLine
from incubator.web.i18n import Translator


class NotOffered(NotFound):
    """A calendar that is none, or that is not for everybody."""

    code = "calendar_not_offered"
    sentence = N_("There is no such public calendar. Please choose one from the list.")


PUBLIC = {kind: feed for kind, feed in FEEDS.items() if not feed.secret}


class Wish(Narrowing, frozen=True):
    """What the form says: the calendar as its address does (`incubators/las`); of an incubator one `space` as its own;
    and how much of it."""

    of: OptionalLine = ""
    space: OptionalLine = ""

    @property
    def calendar(self) -> str:
        return self.space or self.of


@dataclass(frozen=True, slots=True)
class Subscription:
    """`url` is the page that the calendar is about, `kinds` what its reader can choose, `topical` whether topics and
    languages too, `undone` whether for how long it tells of what was cancelled. `as_json` and `free_busy` are its other forms."""

    of: str
    name: str
    description: str
    url: str
    kinds: tuple[str, ...]
    topical: bool
    undone: bool
    ways: Links
    as_json: str
    free_busy: str


async def subscription(tx: Tx, *, wish: Wish, texts: Translator, address: str, now: datetime) -> Subscription:
    """Raises NotOffered, CalendarGone, and whatever choices can be refused for."""
    feed, name = _feed(wish.calendar)
    query = query_of(feed, wish)
    choices = choices_in(query.encode(), kinds=feed.kinds, topical=feed.topical)
    standing = (await feed.stands(tx, [name]))[0]
    if standing is None:
        raise NotOffered()
    if standing.gone:
        raise CalendarGone()
    head = await feed.head(Telling(tx, standing, choices, feed.window(choices, now), texts, address))
    return _told(feed, head, wish.calendar, address, query)


def _feed(calendar: str) -> tuple[Feed, Name]:
    """And what its standing is asked by. Raises NotOffered."""
    kind, _, said = calendar.partition("/")
    name = PUBLIC[kind].stands.read(said) if kind in PUBLIC else None
    if name is None:
        raise NotOffered()
    return PUBLIC[kind], name


def _told(feed: Feed, head: Head, calendar: str, address: str, query: str) -> Subscription:
    at = f"{address}/calendars/{calendar}"
    return Subscription(
        of=calendar,
        name=head.name,
        description=head.description,
        url=head.url,
        kinds=tuple(feed.kinds),
        topical=feed.topical,
        undone=feed.undone,
        ways=links_to(f"{at}.ics?{query}", name=head.name),
        as_json=f"{at}.json?{query}",
        free_busy=f"{at}.ifb?{query}",
    )
