"""When a personal feed was last fetched and by what app: enough to tell one's own devices from a leak,
and no more."""

from datetime import datetime, timedelta

from incubator.calendars.standing import Standing
from incubator.db.engine import Database

SELDOM = timedelta(hours=1)
"""A poll is not worth a write."""

# The first that is found in the User-Agent; libraries and browsers last.
APPS = (
    (b"google", "Google Calendar"),
    (b"microsoft", "Outlook"),
    (b"outlook", "Outlook"),
    (b"thunderbird", "Thunderbird"),
    (b"icsx5", "ICSx⁵"),
    (b"davx5", "DAVx⁵"),
    (b"nextcloud", "Nextcloud"),
    (b"yahoo", "Yahoo"),
    (b"proton", "Proton Calendar"),
    (b"dataaccessd", "Apple Calendar"),
    (b"calendaragent", "Apple Calendar"),
    (b"ios/", "Apple Calendar"),
    (b"macos/", "Apple Calendar"),
    (b"mac+os", "Apple Calendar"),
    (b"evolution", "Evolution"),
    (b"mozilla/", "browser"),
)

# Asked again in the statement: of two polls at once one writes.
NOTE = """
UPDATE feed_token SET fetched_at = $2, fetched_by = $3
WHERE id = $1 AND (fetched_at IS NULL OR fetched_at < $4)
"""


async def note_reader(db: Database, *, standing: Standing, reader: bytes, now: datetime) -> None:
    """Keep who fetched, at most once an hour. `reader` is the User-Agent."""
    if standing.fetched_at is not None and standing.fetched_at > now - SELDOM:
        return
    await db.pool.execute(NOTE, standing.token_id, now, app_of(reader), now - SELDOM)


def app_of(reader: bytes) -> str:
    """The app in one word; empty where it is none that we know."""
    told = reader.lower()
    return next((name for mark, name in APPS if mark in told), "")
