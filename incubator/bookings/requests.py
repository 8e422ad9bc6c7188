"""Requests that wait for a coordinator, each with the others that want some of its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import AT_DESK
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Request:
    """A booking that waits for the coordinator; approving it answers its `rivals`."""

    booking: BookingView
    rivals: tuple[BookingView, ...]


# A rival may itself lie beyond the limit, so the rows are those asked for and their rivals.
# $1 gminas, $2 everything, $3 incubator (or none), $4 and $5 between which they begin, $6 how many (or all).
AWAITING = f"""
WITH asked AS (
    SELECT id, space_id, gmina_id, period FROM booking
    WHERE {AT_DESK} AND state = 'awaiting_approval' AND ($3::uuid IS NULL OR incubator_id = $3)
        AND ($4::timestamptz IS NULL OR lower(period) > $4) AND ($5::timestamptz IS NULL OR lower(period) <= $5)
    ORDER BY lower(period), id LIMIT $6
),
pair AS (
    SELECT asked.id, rival.id AS rival_id, rival.created_at
    FROM asked JOIN booking AS rival ON rival.state = 'awaiting_approval' AND rival.gmina_id = asked.gmina_id
        AND rival.id <> asked.id AND rival.period && asked.period
    WHERE EXISTS (
        SELECT FROM space_resource theirs JOIN space_resource ours USING (resource_id)
        WHERE theirs.space_id = rival.space_id AND ours.space_id = asked.space_id
    )
)
SELECT told.*, EXISTS (SELECT FROM asked WHERE asked.id = told.id) AS asked,
    ARRAY(SELECT rival_id FROM pair WHERE pair.id = told.id ORDER BY created_at, rival_id) AS rivals
FROM (SELECT id FROM asked UNION SELECT rival_id FROM pair) AS wanted JOIN ({VIEW}) AS told ON told.id = wanted.id
ORDER BY lower(told.period), told.id
"""


async def awaiting(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID | None = None,
    after: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[Request]:
    """What the coordinator has to decide, the soonest first: of one incubator, or of all of theirs;
    what begins after a moment, or has begun until it."""
    rows = await tx.fetch(AWAITING, list(actor.coordinates), actor.is_administrator, incubator_id, after, until, limit)
    found = {row["id"]: view_of(row) for row in rows}
    return [Request(found[row["id"]], tuple(found[key] for key in row["rivals"])) for row in rows if row["asked"]]


def rival_sets(requests: Sequence[Request]) -> list[tuple[Request, ...]]:
    """The requests, those that want some of one time together, in the order of their first. Where
    the first rivals the second and the second the third, all three are one set."""
    given = {one.booking.id: one for one in requests}
    sets: list[tuple[Request, ...]] = []
    seen: set[UUID] = set()
    for one in requests:
        if one.booking.id not in seen:
            reached = _reached(one, given)
            seen |= reached
            sets.append(tuple(other for other in requests if other.booking.id in reached))
    return sets


def _reached(first: Request, given: dict[UUID, Request]) -> set[UUID]:
    reached, next_up = {first.booking.id}, [first]
    while next_up:
        for rival in next_up.pop().rivals:
            if rival.id in given and rival.id not in reached:
                reached.add(rival.id)
                next_up.append(given[rival.id])
    return reached
