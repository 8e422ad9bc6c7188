"""What of knowledge exchange waits or is on today, for the desk: sessions stand above bookings, so this reads their
rows and links to their pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, Period, local_days
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionToday:
    """A session that is on today or goes on; `taken` counts seats."""

    id: UUID
    title_pl: str
    title_en: str
    period: Period
    taken: int


TOPICS = "SELECT count(*) FROM topic_request WHERE state = 'new' AND ($1 OR gmina_id = ANY($2::uuid[]))"
SESSIONS = """
SELECT id, title_pl, title_en, period, taken FROM session JOIN session_seats ON session_id = id
WHERE state = 'published' AND period && tstzrange($3, $4) AND upper(period) > $5
    AND ($1 OR gmina_id = ANY($2::uuid[]))
ORDER BY lower(period), id LIMIT 10
"""


async def topics_to_let_through(tx: Tx, *, actor: Actor) -> int:
    """Of the coordinator's gminas; of an administrator, of all."""
    n: int = await tx.fetchval(TOPICS, actor.is_administrator, list(actor.coordinates))
    return n


async def sessions_today(tx: Tx, *, actor: Actor, now: datetime) -> list[SessionToday]:
    """Those of the coordinator's gminas that are not over; of an administrator, of all."""
    day = local_days(now.astimezone(WARSAW).date())
    mine = (actor.is_administrator, list(actor.coordinates))
    rows = await tx.fetch(SESSIONS, *mine, day.start, day.end, now)
    return [SessionToday(**{**row, "period": Period(row["period"].lower, row["period"].upper)}) for row in rows]
