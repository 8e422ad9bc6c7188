"""What a person's own export holds of bookings."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

BOOKED = """
SELECT booking.id, incubator.name AS incubator, space.name_pl AS space, organisation.name AS organisation,
    lower(period) AS "start", upper(period) AS "end", state, booking.title, note, attendees, reason,
    booking.created_at, booking.changed_at, checked_in_at
FROM booking
JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE booking.account_id = $1 ORDER BY lower(period), booking.id
"""
REPEATED = """
SELECT series.id, space.name_pl AS space, title, first_day, every_weeks, weekdays, start_minute, length_minutes,
    until_day, count, series.created_at
FROM series JOIN space ON space.id = space_id WHERE account_id = $1 ORDER BY series.created_at
"""
WISHED = """
SELECT entry.id, space.name_pl AS space, lower(entry.period) AS "start", upper(entry.period) AS "end", entry.title,
    entry.state, entry.created_at
FROM waitlist_entry AS entry JOIN space ON space.id = space_id WHERE account_id = $1 ORDER BY entry.created_at
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("bookings", query(BOOKED)),
    ("series", query(REPEATED)),
    ("waiting_lists", query(WISHED)),
)
"""Sections of the export, in order."""
