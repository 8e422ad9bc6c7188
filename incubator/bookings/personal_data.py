"""What a person's own export holds of bookings."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# $1 account. What was done for an organisation is the person's to see while they belong to it.
THEIRS = """({table}.organisation_id IS NULL OR EXISTS (
    SELECT FROM membership WHERE membership.organisation_id = {table}.organisation_id AND membership.account_id = $1
))"""
BOOKED = f"""
SELECT booking.id, incubator.name AS incubator, space.name_pl AS space, organisation.name AS organisation,
    lower(period) AS "start", upper(period) AS "end", state, booking.title, note, attendees, reason,
    booking.created_at, booking.changed_at, checked_in_at
FROM booking
JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE booking.account_id = $1 AND {THEIRS.format(table="booking")} ORDER BY lower(period), booking.id
"""
# Of one they have left: what they did themself, which is how it was first booked. Once others had a hand
# in it, the title may be theirs.
LEFT = f"""
SELECT booking.id, space.name_pl AS space, organisation.name AS organisation,
    coalesce((first.after->>'start')::timestamptz, lower(period)) AS "start",
    coalesce((first.after->>'end')::timestamptz, upper(period)) AS "end",
    CASE WHEN NOT EXISTS (SELECT FROM history WHERE subject_id = booking.id AND actor_id <> $1)
        THEN booking.title END AS title,
    booking.created_at
FROM booking
JOIN organisation ON organisation.id = organisation_id
LEFT JOIN LATERAL (SELECT after FROM history WHERE subject_id = booking.id ORDER BY id LIMIT 1) AS first ON true
JOIN space ON space.id = coalesce((first.after->>'space_id')::uuid, space_id)
WHERE booking.account_id = $1 AND NOT {THEIRS.format(table="booking")} ORDER BY booking.id
"""
REPEATED = f"""
SELECT series.id, space.name_pl AS space, title, first_day, every_weeks, weekdays, start_minute, length_minutes,
    until_day, count, series.created_at
FROM series JOIN space ON space.id = space_id
WHERE account_id = $1 AND {THEIRS.format(table="series")} ORDER BY series.created_at
"""
WISHED = """
SELECT entry.id, space.name_pl AS space, lower(entry.period) AS "start", upper(entry.period) AS "end", entry.title,
    entry.state, entry.created_at
FROM waitlist_entry AS entry JOIN space ON space.id = space_id WHERE account_id = $1 ORDER BY entry.created_at
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("bookings", query(BOOKED)),
    ("bookings_for_organisations_left", query(LEFT)),
    ("series", query(REPEATED)),
    ("waiting_lists", query(WISHED)),
)
"""Sections of the export, in order."""
