"""The incubators of a desk, and how much waits in each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, local_days
from incubator.people.actor import Actor
from incubator.people.queries import gminas


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """An incubator that one coordinates: requests that `waiting` counts can still be decided in
    time, those `missed` began unanswered; `line` is who waits for a taken time; `today` is how many
    bookings begin today."""

    id: UUID
    slug: str
    name: str
    status: str
    gmina_id: UUID
    gmina_slug: str
    gmina_name: str
    spaces: int
    waiting: int
    missed: int
    line: int
    today: int


# $1 gminas, $2 everything, $3 now, $4 and $5 the day.
OVERVIEW = """
SELECT incubator.id, incubator.slug, incubator.name, incubator.status, incubator.gmina_id,
    gmina.slug AS gmina_slug, gmina.name AS gmina_name, spaces, waiting, missed, line, today
FROM incubator JOIN gmina ON gmina.id = incubator.gmina_id
CROSS JOIN LATERAL (
    SELECT count(*) AS spaces FROM space WHERE incubator_id = incubator.id AND retired_at IS NULL
) AS room
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE lower(period) > $3) AS waiting, count(*) FILTER (WHERE lower(period) <= $3) AS missed
    FROM booking
    WHERE booking.gmina_id = incubator.gmina_id AND booking.incubator_id = incubator.id AND state = 'awaiting_approval'
) AS asked
CROSS JOIN LATERAL (
    SELECT count(*) AS line FROM waitlist_entry AS entry JOIN space ON space.id = entry.space_id
    WHERE space.incubator_id = incubator.id AND entry.state = 'waiting' AND lower(entry.period) > $3
) AS queue
CROSS JOIN LATERAL (
    SELECT count(*) AS today FROM booking
    WHERE booking.incubator_id = incubator.id AND lower(period) >= $4 AND lower(period) < $5
        AND state IN ('confirmed', 'checked_in', 'completed', 'no_show')
) AS coming
WHERE incubator.gmina_id = ANY($1::uuid[]) OR $2
ORDER BY incubator.name, incubator.id
"""


async def overview(tx: Tx, *, actor: Actor, now: datetime) -> list[AtDesk]:
    """The incubators of the gminas that one coordinates, in the order of their gminas' names; the
    administrator's every one."""
    today = local_days(now.astimezone(WARSAW).date())
    rows = await tx.fetch(OVERVIEW, list(actor.coordinates), actor.is_administrator, now, today.start, today.end)
    order = {gmina.id: place for place, gmina in enumerate(await gminas(tx))}
    return sorted((AtDesk(**row) for row in rows), key=lambda one: order[one.gmina_id])
