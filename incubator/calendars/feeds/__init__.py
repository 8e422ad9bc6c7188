"""Which feeds there are, by the first part of their address: a file each."""

from incubator.calendars.feed import Feed
from incubator.calendars.feeds.gmina import GMINA, WHOLE
from incubator.calendars.feeds.incubator import INCUBATOR
from incubator.calendars.feeds.mentor import MENTOR
from incubator.calendars.feeds.personal import PERSONAL
from incubator.calendars.feeds.private import DESK, ORGANISATION, OWN_MENTOR
from incubator.calendars.feeds.programme import EDITION, PROGRAMME
from incubator.calendars.feeds.sessions import SESSIONS
from incubator.calendars.feeds.space import SPACE

FEEDS: dict[str, Feed] = {
    "spaces": SPACE,
    "incubators": INCUBATOR,
    "gminas": GMINA,
    "metropolis": WHOLE,
    "mentors": MENTOR,
    "programmes": PROGRAMME,
    "editions": EDITION,
    "sessions": SESSIONS,
    "personal": PERSONAL,
    "organisation": ORGANISATION,
    "mentor": OWN_MENTOR,
    "desk": DESK,
}
