"""What a person's own export holds of meetings."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# $1 account. What was done for an organisation is the person's to see while they belong to it.
THEIRS = """(meeting.organisation_id IS NULL OR EXISTS (
    SELECT FROM membership WHERE membership.organisation_id = meeting.organisation_id AND membership.account_id = $1
))"""
COLUMNS = """meeting.id, mentor.name AS mentor, organisation.name AS organisation, lower(period) AS "start",
    upper(period) AS "end", meeting.state, mode, topic_slug AS topic, question, reason, minutes, outcome, drawn_minutes,
    mentor_confirmed_at, startup_confirmed_at, locked_at, meeting.created_at, changed_at"""
MEETINGS = f"""
SELECT {COLUMNS} FROM meeting JOIN mentor ON mentor.id = mentor_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE meeting.account_id = $1 AND {THEIRS} ORDER BY lower(period), meeting.id
"""
GIVEN = f"""
SELECT {COLUMNS} FROM meeting JOIN mentor ON mentor.id = mentor_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE mentor.account_id = $1 ORDER BY lower(period), meeting.id
"""
NOTES = "SELECT meeting_id, text, changed_at FROM meeting_note WHERE account_id = $1 ORDER BY changed_at"

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("meetings", query(MEETINGS)),
    ("meetings_given", query(GIVEN)),
    ("meeting_notes", query(NOTES)),
)
"""Sections of the export, in order."""
