"""Goes through a whole database and says what must not be: for tests that race and kill.

Each check is a query of its own that trusts neither the constraint nor the verbs. No complaint
means that nothing is in two places at once, that every booking and every block has exactly the
occupancies it should, that quotas and credits count what was booked, that each series has all its dates, that
history tells every change and the last of each, and that versions moved with it.
"""

from incubator.db.engine import Tx
from tests import auditing_meetings as meetings

OVERLAPS = """
SELECT resource_id, during FROM (
    SELECT resource_id, during,
        max(upper(during)) OVER (
            PARTITION BY resource_id ORDER BY lower(during), id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reaches
    FROM occupancy
) AS told WHERE lower(during) < reaches
"""

CONSTRAINT = "SELECT NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'nothing_twice' AND convalidated) AS missing"

# What each booking and each block should have in `occupancy`, worked out from the booking and from the
# parts that its space is made of.
EXPECTED = f"""
WITH made_of AS (
    SELECT space_id, part.resource_id FROM space_part JOIN space AS part ON part.id = part_id
    UNION ALL SELECT id, resource_id FROM space WHERE resource_id IS NOT NULL
),
expected AS (
    SELECT booking.id AS subject_id, made_of.resource_id, 'booking' AS purpose,
        tstzrange(lower(period), upper(period) + space.turnaround_minutes * interval '1 minute') AS during,
        CASE state WHEN 'held' THEN 'held' WHEN 'awaiting_payment' THEN 'held' WHEN 'awaiting_approval' THEN 'pending' ELSE 'firm' END AS state
    FROM booking JOIN space ON space.id = booking.space_id JOIN made_of ON made_of.space_id = space.id
    WHERE state IN ('held', 'awaiting_payment', 'confirmed', 'checked_in', 'completed', 'no_show')
        OR (state = 'awaiting_approval' AND space.pending_blocks)
    UNION ALL
    SELECT block.id, made_of.resource_id, 'block', block.period, 'firm'
    FROM block JOIN made_of ON made_of.space_id = block.space_id
    WHERE removed_at IS NULL
    UNION ALL {meetings.EXPECTED}
),
found AS (SELECT subject_id, resource_id, purpose, during, state FROM occupancy)
"""
MISSING = f"{EXPECTED} SELECT * FROM expected EXCEPT ALL SELECT * FROM found"
SUPERFLUOUS = f"{EXPECTED} SELECT * FROM found WHERE purpose <> 'outside' EXCEPT ALL SELECT * FROM expected"
# A piece of a busy time of a calendar that is there, on what the calendar is of; and all of it where that is said.
OUTSIDE = """
WITH asked AS (
    SELECT busy.*, wanted.resource_id FROM outside_busy AS busy JOIN outside_calendar AS calendar ON calendar.id = calendar_id
    CROSS JOIN LATERAL (
        SELECT resource_id FROM mentor WHERE mentor.id = calendar.mentor_id
        UNION ALL SELECT resource_id FROM space_resource WHERE space_resource.space_id = calendar.space_id
    ) AS wanted
)
SELECT subject_id, resource_id FROM occupancy WHERE purpose = 'outside' AND (state <> 'firm' OR NOT EXISTS (
    SELECT FROM asked WHERE asked.id = subject_id AND asked.resource_id = occupancy.resource_id
        AND occupancy.during <@ asked.during
))
UNION ALL SELECT id, resource_id FROM asked WHERE whole AND tstzmultirange(during) IS DISTINCT FROM (
    SELECT range_agg(occupancy.during) FROM occupancy
    WHERE subject_id = asked.id AND occupancy.resource_id = asked.resource_id
) AND NOT EXISTS (  -- which may have come since
    SELECT FROM occupancy WHERE purpose = 'block' AND occupancy.resource_id = asked.resource_id
        AND occupancy.during && asked.during
)
"""

# The same by what the bookings and blocks say of themselves, each held against each.
COLLISIONS = f"""{EXPECTED}
SELECT one.subject_id, other.subject_id AS another, one.resource_id, one.during, other.during AS also
FROM expected AS one JOIN expected AS other USING (resource_id)
WHERE one.subject_id < other.subject_id AND one.during && other.during
"""

# The minutes of each booking, cut at the midnights in Warsaw where weeks or months begin.
QUOTAS = """
WITH counting AS (
    SELECT booking.quota_id, coalesce(booking.organisation_id, booking.account_id) AS holder_id, booking.period,
        quota.unit, ('1 ' || quota.unit)::interval AS step
    FROM booking JOIN quota ON quota.id = booking.quota_id
    WHERE state NOT IN ('cancelled', 'declined', 'expired')
),
drawn AS (
    SELECT quota_id, holder_id, starts::date AS starts,
        sum(extract(epoch FROM least(upper(period), (starts + step) AT TIME ZONE 'Europe/Warsaw')
            - greatest(lower(period), starts AT TIME ZONE 'Europe/Warsaw')) / 60) AS minutes
    FROM counting, generate_series(
        date_trunc(unit, lower(period) AT TIME ZONE 'Europe/Warsaw'),
        upper(period) AT TIME ZONE 'Europe/Warsaw' - interval '1 second', step
    ) AS starts
    GROUP BY 1, 2, 3
)
SELECT quota_id, holder_id, starts, drawn.minutes AS booked, quota_use.minutes AS counted
FROM drawn FULL JOIN quota_use USING (quota_id, holder_id, starts)
WHERE coalesce(drawn.minutes, 0) <> coalesce(quota_use.minutes, 0)
"""
OVERDRAWN = "SELECT * FROM quota_use WHERE minutes > max_minutes OR minutes < 0"

# What is a meeting's draws nothing of its own; what a credit carries draws no quota. A desk draws the days in
# Warsaw that it touches.
CREDITS = f"""
WITH drew AS (
    SELECT credit_id, CASE WHEN space.kind = 'room' THEN 'room_minutes' ELSE 'desk_days' END AS drawn,
        CASE WHEN space.kind = 'room' THEN extract(epoch FROM upper(period) - lower(period)) / 60
        ELSE ((upper(period) - interval '1 microsecond') AT TIME ZONE 'Europe/Warsaw')::date
            - (lower(period) AT TIME ZONE 'Europe/Warsaw')::date + 1 END AS amount
    FROM booking JOIN space ON space.id = space_id
    WHERE credit_id IS NOT NULL AND (state NOT IN ('cancelled', 'declined', 'expired') OR credit_kept)
    UNION ALL {meetings.DREW}
    UNION ALL SELECT credit_id, 'seats', seats FROM registration
    WHERE credit_id IS NOT NULL AND state IN ('offered', 'registered')
)
SELECT credit.id, kind, granted, used, coalesce(sum(amount), 0) AS drew FROM credit LEFT JOIN drew ON credit_id = credit.id
GROUP BY credit.id
HAVING used <> coalesce(sum(amount), 0) OR used > granted OR bool_or(drawn <> kind)
"""
TWICE = """
SELECT id, part_of, quota_id, credit_id FROM booking
WHERE num_nonnulls(quota_id, credit_id) > CASE WHEN part_of IS NULL THEN 1 ELSE 0 END
"""

HOLDS = """
SELECT account_id, held.holds AS there, live_holds.holds AS counted
FROM (SELECT account_id, count(*) AS holds FROM booking
    WHERE state = 'held' OR state = 'awaiting_payment' AND decided_by IS NULL GROUP BY account_id) AS held
FULL JOIN live_holds USING (account_id) WHERE coalesce(held.holds, 0) <> coalesce(live_holds.holds, 0)
"""

HISTORY = """
SELECT booking.id, booking.state, last.after->>'state' AS told, booking.period, last.after FROM booking
LEFT JOIN LATERAL (
    SELECT after FROM history WHERE subject_id = booking.id ORDER BY history.id DESC LIMIT 1
) AS last ON true
WHERE last.after IS NULL OR last.after->>'state' <> booking.state
    OR (last.after->>'start')::timestamptz <> lower(booking.period)
    OR (last.after->>'end')::timestamptz <> upper(booking.period)
"""

# Each change counts `sequence` up and is told once.
UNTOLD = """
SELECT booking.id, sequence, told.deeds FROM booking LEFT JOIN LATERAL (
    SELECT count(*) AS deeds FROM history WHERE subject_kind = 'booking' AND subject_id = booking.id
) AS told ON true WHERE told.deeds <> sequence + 1
"""

# An occurrence of a series is a booking or a date skipped for a reason, never both, and none is lost.
DATES = "SELECT series_id, occurrence FROM booking WHERE series_id IS NOT NULL {} SELECT series_id, occurrence FROM series_skip"
SERIES = DATES.format("INTERSECT")
GAPS = f"""
SELECT series.id, count, dates FROM series LEFT JOIN (
    SELECT series_id, array_agg(occurrence ORDER BY occurrence) AS dates FROM ({DATES.format("UNION")}) AS told
    GROUP BY series_id
) AS there ON series_id = series.id
WHERE dates IS NULL OR dates <> ARRAY(SELECT generate_series(1, coalesce(count, cardinality(dates))))
"""
REASONLESS = "SELECT * FROM series_skip WHERE code = '' OR sentence = ''"

# Each moment at which history tells something of a space (of its parts, where it has some), or of a
# person's or an organisation's booking, is one movement at least of what their calendars go by.
STILL = """
WITH told AS (
    SELECT at, subject_id, subject_kind, (side->>'space_id')::uuid AS space_id
    FROM history CROSS JOIN LATERAL (VALUES (before), (after)) AS sides (side)
    WHERE subject_kind IN ('booking', 'block') AND side IS NOT NULL
),
moved AS (
    SELECT coalesce(part_id, told.space_id) AS key, at FROM told LEFT JOIN space_part USING (space_id)
    UNION SELECT account_id, at FROM told JOIN booking ON booking.id = subject_id
    UNION SELECT organisation_id, at FROM told JOIN booking ON booking.id = subject_id WHERE organisation_id IS NOT NULL
)
SELECT key, moments, version FROM (SELECT key, count(*) AS moments FROM moved GROUP BY key) AS told
LEFT JOIN version USING (key) WHERE coalesce(version, 0) < moments
"""

CHECKS = {
    "two at once": OVERLAPS,
    "two bookings at once": COLLISIONS,
    "the constraint is gone": f"SELECT * FROM ({CONSTRAINT}) AS told WHERE missing",
    "an occupancy is missing": MISSING,
    "an occupancy without reason": SUPERFLUOUS,
    "an outside time without its calendar": OUTSIDE,
    "a quota counts wrong": QUOTAS,
    "a quota is overdrawn": OVERDRAWN,
    "a credit counts wrong": CREDITS,
    "a booking draws more than once, or as part of a meeting": TWICE,
    "holds are counted wrong": HOLDS,
    "history tells something else": HISTORY,
    "a change that history does not tell": UNTOLD,
    "an occurrence both booked and skipped": SERIES,
    "a date of a series is missing": GAPS,
    "a date skipped for no reason": REASONLESS,
    "a version stood still": STILL,
    **meetings.CHECKS,
}


async def audit(tx: Tx) -> list[str]:
    """What is wrong in the database: at most ten complaints of each kind; empty when all is well."""
    complaints: list[str] = []
    for name, query in CHECKS.items():
        complaints += [f"{name}: {dict(row)}" for row in (await tx.fetch(query))[:10]]
    return complaints
