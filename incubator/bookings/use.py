"""How places were used, as sums: over bookings, by space; over those who booked, by place.

What is counted is what a month has to itself, so that months add up to the year: bookings that begin
in the span, and hours that lie in it (of a booking that reaches over an edge, its part inside).
Who booked is whoever had a booking that stood at some time of the span, each once in each place.

Hours are those of plain spaces. A joined room has none of its own: its time is counted once for
every plain space that it took, by the occupancies that it was given, for walls may have been moved
since. Turnaround is nobody's use. Hours open follow the weekly hours, exceptions, holidays and
closures that are known now, as long as the incubator was open and the space in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import msgspec

from incubator.bookings.states import FIRM
from incubator.db.engine import Tx
from incubator.kernel.period import local_midnight
from incubator.places.in_service import IN_SERVICE, trading
from incubator.places.opening import opening_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Sums in minutes and bookings. `outside` is what of `booked` lies outside of `open`; `bookings`
    stood, of which some `came` and of some nobody did (`stayed_away`); `cancelled` did not stand."""

    open_minutes: int = 0
    booked_minutes: int = 0
    outside_minutes: int = 0
    bookings: int = 0
    came: int = 0
    stayed_away: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """How many different organisations and private persons booked in an incubator; in a gmina, where
    no incubator is named; in all of them, where neither is."""

    gmina_id: UUID | None
    incubator_id: UUID | None
    organisations: int
    persons: int


class SpaceUse(msgspec.Struct, frozen=True):
    """The sums of one space."""

    space_id: UUID
    use: Use


def _minutes(multirange: str) -> str:
    return (
        "(SELECT coalesce(round(sum(extract(epoch FROM upper(part) - lower(part))) / 60), 0)::bigint"
        f" FROM unnest({multirange}) AS part)"
    )


INCUBATORS = "ARRAY(SELECT id FROM incubator WHERE $1::uuid[] IS NULL OR gmina_id = ANY($1))"
PLAIN = f"ARRAY(SELECT id FROM space WHERE incubator_id = ANY({INCUBATORS}) AND resource_id IS NOT NULL)"

# Rows of one resource never overlap, so of all that start before the span only the last can reach
# into it: one step back along the index, however long bookings may be.
# $1 gminas (all, where it is NULL), $2 first and $3 last day in Warsaw, $4 start and $5 end of the
# same, $6 states in which a booking stands.
USE = f"""
WITH {opening_between("$2::date", "$3::date", spaces=PLAIN)},
{trading(incubators=INCUBATORS)},
{IN_SERVICE},
begun AS (
    SELECT id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state
    FROM booking
    WHERE incubator_id = ANY({INCUBATORS}) AND lower(period) >= $4 AND lower(period) < $5
),
reaching AS (
    SELECT DISTINCT ON (booking.id) booking.id, booking.space_id, booking.incubator_id, booking.gmina_id,
        booking.account_id, booking.organisation_id, booking.period, booking.state
    FROM wanted JOIN space ON space.id = wanted.id
    CROSS JOIN LATERAL (
        SELECT subject_id FROM occupancy
        WHERE occupancy.resource_id = space.resource_id AND lower(during) < $4
        ORDER BY lower(during) DESC LIMIT 1
    ) AS last
    JOIN booking ON booking.id = last.subject_id
    WHERE lower(booking.period) < $4 AND upper(booking.period) > $4
),
stood AS (
    SELECT * FROM begun WHERE state = ANY($6::text[])
    UNION ALL SELECT * FROM reaching WHERE state = ANY($6)
),
took AS (
    SELECT space_id, period FROM stood WHERE space_id IN (SELECT id FROM wanted)
    UNION ALL
    SELECT part.id, stood.period
    FROM stood JOIN occupancy ON occupancy.subject_id = stood.id JOIN space AS part USING (resource_id)
    WHERE stood.space_id NOT IN (SELECT id FROM wanted)
),
booked AS (
    SELECT space_id, range_agg(period) * tstzmultirange(tstzrange($4, $5)) AS booked FROM took GROUP BY space_id
),
hours AS (
    SELECT opening.space_id, opening.open * in_service.during AS open,
        coalesce(booked.booked, '{{}}'::tstzmultirange) AS booked
    FROM opening JOIN in_service USING (space_id) LEFT JOIN booked USING (space_id)
),
measured AS (
    SELECT space_id, {_minutes("open")} AS open_minutes, {_minutes("booked")} AS booked_minutes,
        {_minutes("booked - open")} AS outside_minutes
    FROM hours
),
fates AS (
    SELECT space_id, count(*) FILTER (WHERE state = ANY($6)) AS bookings,
        count(*) FILTER (WHERE state IN ('checked_in', 'completed')) AS came,
        count(*) FILTER (WHERE state = 'no_show') AS stayed_away,
        count(*) FILTER (WHERE state = 'cancelled') AS cancelled
    FROM begun GROUP BY space_id
),
spaces AS (
    SELECT space_id, coalesce(open_minutes, 0) AS open_minutes, coalesce(booked_minutes, 0) AS booked_minutes,
        coalesce(outside_minutes, 0) AS outside_minutes, coalesce(bookings, 0) AS bookings, coalesce(came, 0) AS came,
        coalesce(stayed_away, 0) AS stayed_away, coalesce(cancelled, 0) AS cancelled
    FROM measured FULL JOIN fates USING (space_id)
),
holders AS (
    SELECT DISTINCT gmina_id, incubator_id, organisation_id,
        CASE WHEN organisation_id IS NULL THEN account_id END AS person_id
    FROM stood
),
users AS (
    SELECT gmina_id, incubator_id, count(DISTINCT organisation_id) AS organisations, count(DISTINCT person_id) AS persons
    FROM holders GROUP BY GROUPING SETS ((gmina_id, incubator_id), (gmina_id), ())
)
SELECT (SELECT coalesce(json_agg(json_build_object('space_id', space_id, 'use', to_json(spaces))), '[]') FROM spaces)::text
    AS spaces, (SELECT json_agg(users) FROM users)::text AS users
"""


async def use_of_places(
    tx: Tx, *, gmina_ids: Sequence[UUID] | None, first: date, last: date
) -> tuple[dict[UUID, Use], list[Users]]:
    """The sums of each space in these gminas (in all, where None is said) over whole days in Warsaw,
    `last` included, and who booked there."""
    start, end = local_midnight(first), local_midnight(last + timedelta(days=1))
    row = await tx.fetchrow(USE, gmina_ids, first, last, start, end, sorted(FIRM))
    assert row is not None, "an aggregate has a row"
    spaces = msgspec.json.decode(row["spaces"], type=list[SpaceUse])
    return {each.space_id: each.use for each in spaces}, msgspec.json.decode(row["users"], type=list[Users])
