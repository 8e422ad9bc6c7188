"""What a person's own export holds of participation."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# $1 account. What is an organisation's is the person's to see while they belong to it.
TAKES_PART = """
SELECT participation.id, programme.name_pl AS programme, edition.name_pl AS edition, organisation.name AS organisation,
    participation.state, admitted_on, agreement_number, agreement_on, started_on, ended_on, reason, plan
FROM participation JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = programme_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE participation.account_id = $1 AND (organisation_id IS NULL OR EXISTS (
    SELECT FROM membership WHERE membership.organisation_id = organisation.id AND membership.account_id = $1
)) ORDER BY admitted_on, participation.id
"""
WAS_THERE = """
SELECT meeting.name_pl AS meeting, lower(period) AS "start", upper(period) AS "end", minutes, evidence, recorded_at
FROM attendance JOIN programme_meeting AS meeting ON meeting.id = programme_meeting_id
WHERE account_id = $1 ORDER BY lower(period), attendance.id
"""
HANDED_IN = """
SELECT id, name_pl AS milestone, state, evidence, evidence_url, handed_in_at FROM milestone
WHERE handed_in_by = $1 ORDER BY handed_in_at, id
"""
CERTIFIED = """
SELECT certificate.id, number, code, told->>'holder' AS holder, present_minutes, required_minutes, issued_at, revoked_at
FROM certificate JOIN participation ON participation.id = participation_id
WHERE certificate.account_id = $1
    OR certificate.account_id IS NULL AND organisation_id IS NULL AND participation.account_id = $1
ORDER BY issued_at
"""
SURVEYED = """
SELECT survey.id, stage, survey.due_on, answered_at, in_business, jobs_fte, revenue_band, funding_minor, comment
FROM outcome_survey AS survey JOIN participation ON participation.id = participation_id
WHERE organisation_id IS NULL AND account_id = $1 ORDER BY survey.due_on
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("participations", query(TAKES_PART)),
    ("programme_attendance", query(WAS_THERE)),
    ("milestones_handed_in", query(HANDED_IN)),
    ("certificates", query(CERTIFIED)),
    ("outcome_surveys", query(SURVEYED)),
)
"""Sections of the export, in order."""
