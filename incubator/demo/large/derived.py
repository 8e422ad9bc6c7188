"""What follows from the bookings, worked out where they lie: one statement for each table."""

OCCUPANCY = """
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
SELECT space_resource.resource_id,
    tstzrange(lower(period), upper(period) + make_interval(mins => space.turnaround_minutes)),
    'booking', booking.id, 'firm'
FROM booking JOIN space ON space.id = booking.space_id JOIN space_resource ON space_resource.space_id = space.id
WHERE state NOT IN ('cancelled', 'declined', 'expired')
ORDER BY booking.id
"""

QUOTA_USE = """
INSERT INTO quota_use (quota_id, holder_id, starts, minutes, max_minutes)
SELECT quota.id, coalesce(organisation_id, account_id),
    date_trunc(quota.unit, lower(period) AT TIME ZONE 'Europe/Warsaw')::date,
    sum(extract(epoch FROM upper(period) - lower(period)) / 60)::integer,
    quota.organisation_minutes
FROM booking JOIN quota ON quota.id = booking.quota_id
WHERE state NOT IN ('cancelled', 'declined', 'expired')
GROUP BY 1, 2, 3
"""

HISTORY = """
INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
SELECT created_at, account_id, 'hold', 'booking', id, gmina_id, jsonb_build_object('state', 'confirmed')
FROM booking ORDER BY id
"""

VERSIONS = """
INSERT INTO version (key, version)
SELECT key, count(*) FROM (
    SELECT space_id AS key FROM booking
    UNION ALL SELECT account_id FROM booking
    UNION ALL SELECT organisation_id FROM booking
) AS told WHERE key IS NOT NULL GROUP BY key
"""

DERIVED = (OCCUPANCY, QUOTA_USE, HISTORY, VERSIONS)
