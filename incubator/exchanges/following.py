"""Which sessions a deed is about: this one alone, or this and those that follow it in its series."""

from datetime import datetime, timedelta
from typing import Literal

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.views import SessionView
from incubator.kernel.period import WARSAW, Period

Reach = Literal["this", "following"]
FOLLOWING = """
SELECT id FROM session WHERE series_id = $1 AND occurrence > $2 AND state = ANY($3::text[]) AND upper(period) > $4
ORDER BY occurrence FOR NO KEY UPDATE
"""


async def with_following(
    tx: Tx, *, session: SessionView, reach: Reach, now: datetime, states: tuple[str, ...] = ("draft", "published")
) -> list[SessionView]:
    """The session, which is locked, and where asked for those after it, locked in their order."""
    if reach == "this" or session.series_id is None:
        return [session]
    rows = await tx.fetch(FOLLOWING, session.series_id, session.occurrence, list(states), now)
    return [session, *[await session_by_id(tx, session_id=row["id"]) for row in rows]]


def shifted(period: Period, *, like: tuple[Period, Period]) -> Period:
    """`period` moved as the first of `like` was to become the second, on the clock in Warsaw: a session on the
    other side of a clock change keeps its hour."""
    before, after = like
    start = _wall(period.start) + (_wall(after.start) - _wall(before.start))
    end = start + (_wall(after.end) - _wall(after.start))
    return Period(_moment(start), max(_moment(end), _moment(start) + timedelta(minutes=1)))


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(WARSAW).replace(tzinfo=None)


def _moment(wall: datetime) -> datetime:
    return wall.replace(tzinfo=WARSAW)
