"""Which feeds there are, by the first part of their address: a file each."""

from incubator.calendars.feed import Feed
from incubator.calendars.feeds.incubator import INCUBATOR
from incubator.calendars.feeds.personal import PERSONAL
from incubator.calendars.feeds.space import SPACE

FEEDS: dict[str, Feed] = {
    "spaces": SPACE,
    "incubators": INCUBATOR,
    "personal": PERSONAL,
}
