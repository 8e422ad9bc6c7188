"""When spaces are open, as SQL that queries put in front of their own.

A space follows its own weekly hours where it has any, else its incubator's. A dated exception (its
own; or the incubator's, where it follows that) replaces the day. A public holiday closes the day
for spaces that keep holidays, unless an exception opens it. Closures of the space, of a part of it,
of the incubator or of the gmina are cut out.

Hours are those of the clock in Warsaw: the day of the clock change is an hour shorter or longer,
and hours that touch at midnight make one stretch.
"""

# Needs: {spaces}, a uuid[]; {first} and {last}, the days in Warsaw (inclusive). Gives `wanted`
# (one row a space) and `opening(space_id, open tstzmultirange)`.
#
# Spaces that follow the same hours share one computation: twenty rooms of an incubator cost one.
OPENING = """
wanted AS (
    SELECT space.id, space.incubator_id, incubator.gmina_id, space.closed_on_holidays,
        EXISTS (SELECT FROM weekly_hours WHERE weekly_hours.space_id = space.id) AS own_weekly,
        EXISTS (
            SELECT FROM dated_hours
            WHERE dated_hours.space_id = space.id AND dated_hours.day BETWEEN {first} AND {last}
        ) AS own_dated
    FROM space JOIN incubator ON incubator.id = space.incubator_id
    WHERE space.id = ANY({spaces})
),
rota AS (
    SELECT DISTINCT incubator_id, closed_on_holidays, own_weekly,
        CASE WHEN own_weekly OR own_dated THEN id END AS space_id
    FROM wanted
),
rota_day AS (
    SELECT rota.*, each.day::date AS day,
        EXISTS (SELECT FROM dated_hours WHERE dated_hours.space_id = rota.space_id AND dated_hours.day = each.day::date)
            AS by_space,
        NOT own_weekly AND EXISTS (
            SELECT FROM dated_hours WHERE dated_hours.incubator_id = rota.incubator_id AND dated_hours.day = each.day::date
        ) AS by_incubator,
        closed_on_holidays AND EXISTS (SELECT FROM public_holiday WHERE public_holiday.day = each.day::date) AS holiday
    FROM rota CROSS JOIN generate_series({first}::timestamp, {last}::timestamp, interval '1 day') AS each (day)
),
rota_open AS (
    SELECT rota_day.incubator_id, rota_day.closed_on_holidays, rota_day.space_id, range_agg(tstzrange(
        (rota_day.day::timestamp + hours.opens * interval '1 minute') AT TIME ZONE 'Europe/Warsaw',
        (rota_day.day::timestamp + hours.closes * interval '1 minute') AT TIME ZONE 'Europe/Warsaw'
    )) AS open
    FROM rota_day CROSS JOIN LATERAL (
        SELECT opens, closes FROM dated_hours
        WHERE by_space AND dated_hours.space_id = rota_day.space_id AND dated_hours.day = rota_day.day
        UNION ALL
        SELECT opens, closes FROM dated_hours
        WHERE by_incubator AND NOT by_space AND dated_hours.incubator_id = rota_day.incubator_id
            AND dated_hours.day = rota_day.day
        UNION ALL
        SELECT opens, closes FROM weekly_hours
        WHERE own_weekly AND NOT by_space AND NOT holiday AND weekly_hours.space_id = rota_day.space_id
            AND weekday = extract(isodow FROM rota_day.day)
        UNION ALL
        SELECT opens, closes FROM weekly_hours
        WHERE NOT own_weekly AND NOT by_space AND NOT by_incubator AND NOT holiday
            AND weekly_hours.incubator_id = rota_day.incubator_id AND weekday = extract(isodow FROM rota_day.day)
    ) AS hours
    WHERE hours.opens IS NOT NULL
    GROUP BY rota_day.incubator_id, rota_day.closed_on_holidays, rota_day.space_id
),
shut AS (
    SELECT wanted.id, range_agg(closure.during) AS during
    FROM wanted JOIN closure ON closure.gmina_id = wanted.gmina_id
        AND closure.withdrawn_at IS NULL
        AND closure.during && tstzrange(
            {first}::timestamp AT TIME ZONE 'Europe/Warsaw', ({last} + 1)::timestamp AT TIME ZONE 'Europe/Warsaw'
        )
        AND (closure.incubator_id IS NULL OR closure.incubator_id = wanted.incubator_id)
        AND (
            closure.space_id IS NULL OR closure.space_id = wanted.id
            OR closure.space_id IN (SELECT part_id FROM space_part WHERE space_part.space_id = wanted.id)
        )
    GROUP BY wanted.id
),
opening AS (
    SELECT wanted.id AS space_id,
        coalesce(rota_open.open, '{{}}'::tstzmultirange) - coalesce(shut.during, '{{}}'::tstzmultirange) AS open
    FROM wanted
    LEFT JOIN rota_open ON rota_open.incubator_id = wanted.incubator_id
        AND rota_open.closed_on_holidays = wanted.closed_on_holidays
        AND rota_open.space_id IS NOT DISTINCT FROM CASE WHEN own_weekly OR own_dated THEN wanted.id END
    LEFT JOIN shut ON shut.id = wanted.id
)
"""


def opening_between(first: str, last: str, *, spaces: str = "$1::uuid[]") -> str:
    """The common table expressions above with the expressions of the first and last day put in, and
    of the array of spaces where it is not the first parameter."""
    return OPENING.format(first=first, last=last, spaces=spaces)
