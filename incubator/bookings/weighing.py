"""What a coordinator weighs requests by: what already stands around each, and how much its holder
has had of late. Two statements for any number of requests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.bookings.requests import Request
from incubator.bookings.states import FIRM
from incubator.db.engine import Tx
from incubator.kernel.period import Period, local_days

LATELY = timedelta(days=30)
MOST = 12
"""Neighbours that are looked at for each request: a coordinator reads no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """What stands on the days of a request in rooms that it needs: a booking (its `state`, and whose
    it is) or a block (its `reason`). One `in_the_way` keeps the request from being approved."""

    purpose: str
    booking_id: UUID | None
    state: str
    period: Period
    space_name_pl: str
    space_name_en: str
    holder: str
    reason: str
    in_the_way: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A request with its `neighbours`, those in the way first, and what its holder had in the gmina
    within the last 30 days: how many bookings, of how many `minutes` together."""

    request: Request
    neighbours: tuple[Neighbour, ...]
    bookings: int
    minutes: int

    @property
    def blocked(self) -> bool:
        return any(one.in_the_way for one in self.neighbours)


# Rows of one resource never overlap, so of all that start before the days only the last can reach
# into them. Own turnaround included in what is needed, that of others in what they took.
# $1 requests, $2 first instant of their days, $3 last; $4 now; $5 how many.
AROUND = """
SELECT DISTINCT asked.id AS request_id, occupancy.purpose, booking.id AS booking_id,
    coalesce(booking.state, '') AS state, coalesce(booking.period, block.period, occupancy.during) AS period,
    theirs.name_pl AS space_name_pl, theirs.name_en AS space_name_en,
    coalesce(organisation.name, account.name, '') AS holder, coalesce(block.reason, '') AS reason,
    occupancy.during && tstzrange(
        lower(asked.period), upper(asked.period) + space.turnaround_minutes * interval '1 minute'
    ) AS in_the_way
FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS wanted (id, opens, closes)
JOIN booking AS asked ON asked.id = wanted.id
JOIN space ON space.id = asked.space_id
JOIN space_resource ON space_resource.space_id = asked.space_id
CROSS JOIN LATERAL (
    (
        SELECT purpose, subject_id, during, expires_at FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id
            AND lower(during) >= wanted.opens AND lower(during) < wanted.closes
        ORDER BY lower(during) LIMIT $5
    ) UNION ALL (
        SELECT purpose, subject_id, during, expires_at FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id AND lower(during) < wanted.opens
        ORDER BY lower(during) DESC LIMIT 1
    )
) AS occupancy
LEFT JOIN booking ON occupancy.purpose = 'booking' AND booking.id = occupancy.subject_id
LEFT JOIN block ON occupancy.purpose = 'block' AND block.id = occupancy.subject_id
LEFT JOIN space AS theirs ON theirs.id = coalesce(booking.space_id, block.space_id, asked.space_id)
LEFT JOIN account ON account.id = booking.account_id
LEFT JOIN organisation ON organisation.id = booking.organisation_id
WHERE occupancy.subject_id <> asked.id AND upper(occupancy.during) > wanted.opens
    AND (occupancy.expires_at IS NULL OR occupancy.expires_at > $4)
"""
# $1 requests, $2 since, $3 until, $4 states.
LATELY_HAD = """
SELECT asked.id, count(*) AS bookings,
    coalesce(sum(extract(epoch FROM upper(had.period) - lower(had.period)) / 60), 0)::int AS minutes
FROM booking AS asked CROSS JOIN LATERAL (
    SELECT period, gmina_id, state FROM booking
    WHERE booking.organisation_id = asked.organisation_id AND lower(period) >= $2 AND lower(period) < $3
    UNION ALL
    SELECT period, gmina_id, state FROM booking
    WHERE asked.organisation_id IS NULL AND booking.organisation_id IS NULL
        AND booking.account_id = asked.account_id AND lower(period) >= $2 AND lower(period) < $3
) AS had
WHERE asked.id = ANY($1::uuid[]) AND had.gmina_id = asked.gmina_id AND had.state = ANY($4::text[])
GROUP BY asked.id
"""


async def weigh(tx: Tx, *, requests: Sequence[Request], now: datetime) -> dict[UUID, Weighed]:
    """The requests of `awaiting`, weighed, by the booking's id. Nobody else's come in here: `requests`
    are narrowed already."""
    keys = [one.booking.id for one in requests]
    if not keys:
        return {}
    around = await _around(tx, requests, now)
    rows = await tx.fetch(LATELY_HAD, keys, now - LATELY, now, sorted(FIRM))
    had = {row["id"]: (row["bookings"], row["minutes"]) for row in rows}
    return {
        one.booking.id: Weighed(one, around.get(one.booking.id, ()), *had.get(one.booking.id, (0, 0)))
        for one in requests
    }


async def _around(tx: Tx, requests: Sequence[Request], now: datetime) -> dict[UUID, tuple[Neighbour, ...]]:
    spans = [_days(one.booking.period) for one in requests]
    rows = await tx.fetch(
        AROUND,
        [one.booking.id for one in requests],
        [span.start for span in spans],
        [span.end for span in spans],
        now,
        MOST,
    )
    found: defaultdict[UUID, list[Neighbour]] = defaultdict(list)
    for row in rows:
        found[row["request_id"]].append(_neighbour(row))
    return {
        key: tuple(sorted(those, key=lambda one: (not one.in_the_way, one.period, one.space_name_pl))[:MOST])
        for key, those in found.items()
    }


def _days(period: Period) -> Period:
    """The whole days in Warsaw that `period` touches."""
    days = list(period.local_days())
    return local_days(days[0], len(days))


def _neighbour(row: asyncpg.Record) -> Neighbour:
    given = {name: value for name, value in row.items() if name not in {"request_id", "period"}}
    return Neighbour(**given, period=Period(row["period"].lower, row["period"].upper))
