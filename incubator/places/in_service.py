"""When incubators took bookings, as SQL that queries put in front of their own: hours before an
incubator opened, or while it was closed, are not hours that nobody wanted.

The history tells: of each change of status, and of when a space was added. An incubator without a
change has always been what it is now; a space that no history tells of was always there.
"""

# Needs: {incubators}, a uuid[]. Gives `trading(incubator_id, during tstzmultirange)`, a row for each
# that was ever open.
TRADING = """
turned AS (
    SELECT history.subject_id AS incubator_id, history.at, history.before ->> 'status' AS before,
        history.after ->> 'status' AS after, row_number() OVER told AS turn, lead(history.at) OVER told AS until
    FROM history
    WHERE history.subject_id = ANY({incubators}) AND history.verb = 'set_status'
    WINDOW told AS (PARTITION BY history.subject_id ORDER BY history.at, history.id)
),
trading AS (
    SELECT incubator_id, range_agg(during) AS during
    FROM (
        SELECT incubator_id, tstzrange(at, until) FROM turned WHERE after = 'open'
        UNION ALL
        SELECT incubator_id, tstzrange(NULL, at) FROM turned WHERE turn = 1 AND before = 'open'
        UNION ALL
        SELECT id, tstzrange(NULL, NULL) FROM incubator
        WHERE id = ANY({incubators}) AND status = 'open'
            AND NOT EXISTS (SELECT FROM turned WHERE turned.incubator_id = incubator.id)
    ) AS stretch (incubator_id, during)
    GROUP BY incubator_id
)
"""

# Needs `trading`, and `wanted` of places/opening.py. Gives `in_service(space_id, during)`: empty for
# spaces of an incubator that was never open.
IN_SERVICE = """
in_service AS (
    SELECT wanted.id AS space_id,
        coalesce(trading.during, '{}'::tstzmultirange) * tstzmultirange(tstzrange(
            (
                SELECT min(at) FROM history
                WHERE history.subject_id = wanted.id AND history.verb IN ('add_space', 'join_rooms')
            ),
            space.retired_at
        )) AS during
    FROM wanted JOIN space ON space.id = wanted.id
    LEFT JOIN trading ON trading.incubator_id = wanted.incubator_id
)
"""


def trading(*, incubators: str) -> str:
    """The first of the above with the expression of the incubators put in."""
    return TRADING.format(incubators=incubators)
