"""What is open, taken and free: one query for any number of spaces, put together as multiranges by
the database and handed on as the JSON that it made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.places.opening import opening_between

Stretch = tuple[datetime, datetime]


def _pairs(multirange: str) -> str:
    """A multirange as a JSON array of [start, end]."""
    return f"(SELECT coalesce(json_agg(json_build_array(lower(part), upper(part))), '[]') FROM unnest({multirange}) AS part)"


# Rows of one resource never overlap, so of all that start before the span only the last can reach
# into it: one step back along the index, however long bookings may be.
# A lapsed hold counts as free, for whoever asks for its time gets it.
# `free` is where a whole booking fits: its own turnaround has to fit in front of the next one, which
# may start up to a day after the span.
# $1 spaces, $2 start, $3 end, $4 first and $5 last day in Warsaw, $6 now.
AVAILABILITY = f"""
WITH {opening_between("$4::date", "$5::date")},
seen AS (
    SELECT space_resource.space_id, occupancy.during
    FROM space_resource CROSS JOIN LATERAL (
        SELECT during FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id
            AND lower(during) >= $2::timestamptz AND lower(during) < $3::timestamptz + interval '1 day'
            AND (expires_at IS NULL OR expires_at > $6::timestamptz)
        UNION ALL (
            SELECT during FROM occupancy
            WHERE occupancy.resource_id = space_resource.resource_id AND lower(during) < $2
                AND (expires_at IS NULL OR expires_at > $6)
            ORDER BY lower(during) DESC LIMIT 1
        )
    ) AS occupancy
    WHERE space_resource.space_id = ANY($1::uuid[])
),
taken AS (
    SELECT seen.space_id, range_agg(seen.during) AS taken, range_agg(tstzrange(
        lower(seen.during) - space.turnaround_minutes * interval '1 minute', upper(seen.during)
    )) AS blocked
    FROM seen JOIN space ON space.id = seen.space_id
    GROUP BY seen.space_id
),
asked AS (
    SELECT space.id, space.slug, space.position,
        opening.open * tstzmultirange(tstzrange($2, $3)) AS open,
        coalesce(taken.taken, '{{}}'::tstzmultirange) * tstzmultirange(tstzrange($2, $3)) AS taken,
        coalesce(taken.blocked, '{{}}'::tstzmultirange) AS blocked
    FROM space JOIN opening ON opening.space_id = space.id LEFT JOIN taken ON taken.space_id = space.id
)
SELECT coalesce(json_agg(json_build_object(
    'space_id', id, 'slug', slug,
    'open', {_pairs("open")}, 'taken', {_pairs("taken")}, 'free', {_pairs("open - blocked")}
) ORDER BY position, slug), '[]')::text
FROM asked
"""


@dataclass(frozen=True, slots=True)
class SpaceTimes:
    """When a space is open, taken, and free to book, clipped to the span that was asked for."""

    space_id: UUID
    slug: str
    open: tuple[Stretch, ...]
    taken: tuple[Stretch, ...]
    free: tuple[Stretch, ...]


async def availability(tx: Tx, *, space_ids: Sequence[UUID], span: Period, now: datetime) -> list[SpaceTimes]:
    """The times of each space within `span`, in the order that the incubator shows them."""
    told = await availability_json(tx, space_ids=space_ids, span=span, now=now)
    return msgspec.json.decode(told, type=list[SpaceTimes])


async def availability_json(tx: Tx, *, space_ids: Sequence[UUID], span: Period, now: datetime) -> str:
    """The same as a JSON array, as the API gives it: times in UTC, a stretch as [start, end]."""
    days = list(span.local_days())
    told: str = await tx.fetchval(AVAILABILITY, space_ids, span.start, span.end, days[0], days[-1], now)
    return told
