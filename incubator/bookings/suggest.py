"""Free times near one that is taken: in the same space, then in others like it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, Period
from incubator.places.opening import opening_between

DAYS = 7
MANY = 100
"""What is asked of the desks of a zone at once, for many of them suggest the same times."""
OWN = 3
"""At most so many of the same space while others like it have something, too."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A time that was free a moment ago, and where."""

    space_id: UUID
    space_slug: str
    space_name_pl: str
    space_name_en: str
    period: Period


# Alike: the same kind, no smaller, in the same incubator, no choosier about who may book, and not
# made of the same parts.
# From each stretch that is free the start nearest to the wanted one is taken, on the grid of the
# clock in Warsaw; so a long afternoon is one suggestion and not twenty.
# Rows of one resource never overlap, so of all that start before the span only the last can reach
# into it: one step back along the index.
# $1 the wanted space alone, $2 wanted start, $3 its length, $4 first and $5 last day in Warsaw,
# $6 earliest and $7 latest moment, $8 now, $9 how many, $10 how many of the same space.
SUGGEST = f"""
WITH wanted_space AS (
    SELECT space.id AS wanted_id, space.incubator_id, kind, capacity, audience, local_only FROM space WHERE space.id = $1
),
alike AS MATERIALIZED (
    SELECT space.id FROM space JOIN wanted_space ON wanted_space.incubator_id = space.incubator_id
    WHERE space.retired_at IS NULL AND space.kind = wanted_space.kind AND space.capacity >= wanted_space.capacity
        AND space.audience @> wanted_space.audience AND space.local_only <= wanted_space.local_only
        AND (space.id = $1 OR NOT EXISTS (
            SELECT FROM space_resource ours JOIN space_resource theirs USING (resource_id)
            WHERE ours.space_id = $1 AND theirs.space_id = space.id
        ))
        AND $3 BETWEEN space.shortest_minutes * interval '1 minute' AND space.longest_minutes * interval '1 minute'
    ORDER BY space.id <> $1, space.capacity, space.position LIMIT 12
),
{opening_between("$4::date", "$5::date", spaces="ARRAY(SELECT id FROM alike)")},
seen AS (
    SELECT space_resource.space_id, occupancy.during
    FROM alike JOIN space_resource ON space_resource.space_id = alike.id CROSS JOIN LATERAL (
        SELECT during FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id
            AND lower(during) >= $6::timestamptz AND lower(during) < $7::timestamptz + interval '1 day'
            AND (expires_at IS NULL OR expires_at > $8::timestamptz)
        UNION ALL (
            SELECT during FROM occupancy
            WHERE occupancy.resource_id = space_resource.resource_id AND lower(during) < $6
                AND (expires_at IS NULL OR expires_at > $8)
            ORDER BY lower(during) DESC LIMIT 1
        )
    ) AS occupancy
),
blocked AS (
    SELECT space_id, range_agg(tstzrange(
        lower(during) - space.turnaround_minutes * interval '1 minute', upper(during)
    )) AS during
    FROM seen JOIN space ON space.id = seen.space_id GROUP BY space_id
),
stretch AS (
    SELECT space.id, space.grid_minutes * interval '1 minute' AS grid, lower(free) AS starts, upper(free) AS ends
    FROM opening JOIN space ON space.id = opening.space_id LEFT JOIN blocked ON blocked.space_id = space.id
    CROSS JOIN LATERAL unnest(
        opening.open * tstzmultirange(tstzrange(
            greatest($6, $8 + space.lead_minutes * interval '1 minute'),
            least($7, (($8 AT TIME ZONE 'Europe/Warsaw')::date + space.horizon_days + 1)::timestamp
                AT TIME ZONE 'Europe/Warsaw' + $3)
        )) - coalesce(blocked.during, '{{}}'::tstzmultirange)
    ) AS free
    WHERE upper(free) - lower(free) >= $3
        AND $6 < $8 + space.horizon_days * interval '1 day'
        AND $7 > $8 + space.lead_minutes * interval '1 minute'
),
marked AS (
    SELECT stretch.id, starts, ends, date_bin(
        grid, least(greatest($2::timestamptz, starts), ends - $3) AT TIME ZONE 'Europe/Warsaw', timestamp '2000-01-01'
    ) AS mark, grid
    FROM stretch
),
candidate AS (
    SELECT DISTINCT ON (marked.id, starts) marked.id, start
    FROM marked CROSS JOIN LATERAL (VALUES
        (mark AT TIME ZONE 'Europe/Warsaw'), ((mark + grid) AT TIME ZONE 'Europe/Warsaw')
    ) AS at (start)
    WHERE start >= starts AND start + $3 <= ends
        AND date_bin(grid, (start + $3) AT TIME ZONE 'Europe/Warsaw', timestamp '2000-01-01')
            = (start + $3) AT TIME ZONE 'Europe/Warsaw'
    ORDER BY marked.id, starts, abs(extract(epoch FROM start - $2))
),
ranked AS (
    SELECT id, start, id = $1 AS own, abs(extract(epoch FROM start - $2)) AS distance,
        row_number() OVER (PARTITION BY id = $1 ORDER BY abs(extract(epoch FROM start - $2)), start, id) AS place
    FROM candidate
)
SELECT ranked.start, space.id, space.slug, space.name_pl, space.name_en
FROM (
    SELECT * FROM ranked ORDER BY NOT (own AND place <= $10), own, place LIMIT $9
) AS ranked JOIN space ON space.id = ranked.id
ORDER BY own DESC, distance, start, space.position
"""


DESKS_OF_ZONE = "SELECT id FROM space WHERE zone_id = $1 AND retired_at IS NULL ORDER BY position, slug"


async def suggest(tx: Tx, *, space_id: UUID, period: Period, now: datetime, limit: int = 5) -> list[Suggestion]:
    """The free times of the same length nearest to `period`, within a week before and after it: of
    the same space first, then of spaces of the incubator that are like it. One query; nothing is
    held, so a suggestion can be gone when it is asked for."""
    week = timedelta(days=DAYS)
    earliest, latest = max(now, period.start - week), period.end + week
    rows = await tx.fetch(
        SUGGEST,
        space_id,
        period.start,
        period.length,
        earliest.astimezone(WARSAW).date(),
        latest.astimezone(WARSAW).date(),
        earliest,
        latest,
        now,
        limit,
        OWN,
    )
    return [
        Suggestion(
            row["id"], row["slug"], row["name_pl"], row["name_en"], Period(row["start"], row["start"] + period.length)
        )
        for row in rows
    ]


async def suggest_desk(tx: Tx, *, zone_id: UUID, period: Period, now: datetime, limit: int = 5) -> list[Suggestion]:
    """As `suggest`, for whoever takes any desk: each time once, the nearest first, with one desk that
    is free then, of this zone where it has one."""
    zone = [row["id"] for row in await tx.fetch(DESKS_OF_ZONE, zone_id)]
    if not zone:
        return []
    found = await suggest(tx, space_id=zone[0], period=period, now=now, limit=MANY)
    found.sort(key=lambda one: (abs(one.period.start - period.start), one.period.start, one.space_id not in zone))
    nearest = {one.period: one for one in reversed(found)}
    return sorted(nearest.values(), key=found.index)[:limit]
