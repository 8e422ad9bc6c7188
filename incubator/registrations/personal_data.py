"""What a person's own export holds of sessions."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

OWN = """(registration.account_id = $1
    OR registration.account_id IS NULL AND registration.email <> '' AND lower(registration.email) = (
        SELECT account.email FROM account WHERE account.id = $1
    ))"""
REGISTERED = f"""
SELECT registration.id, session.title_pl AS session, lower(session.period) AS "start", registration.name,
    registration.email, organisation.name AS organisation, registration.state, seats, walk_in, registration.created_at,
    (SELECT json_agg(json_build_object('question', text_pl, 'answer', value) ORDER BY position)::text
        FROM registration_answer JOIN session_question ON session_question.id = question_id
        WHERE registration_id = registration.id) AS answers
FROM registration JOIN session ON session.id = session_id
LEFT JOIN organisation ON organisation.id = registration.organisation_id
WHERE {OWN} ORDER BY registration.created_at
"""
TICKETS = f"""
SELECT session.title_pl AS session, ticket.name, ticket.email, session_stall.number AS stall,
    stall_wish, wished.number AS wished_stall, live, checked_in_at,
    checked_out_at, minutes, evidence
FROM ticket JOIN registration ON registration.id = registration_id JOIN session ON session.id = ticket.session_id
LEFT JOIN session_stall ON session_stall.id = stall_id LEFT JOIN session_stall AS wished ON wished.id = wished_stall_id
WHERE {OWN} OR ticket.email <> '' AND ticket.email = (SELECT account.email FROM account WHERE account.id = $1)
ORDER BY registration.created_at, ticket.id
"""
CERTIFIED = f"""
SELECT certificate.number, certificate.code, certificate.told->>'holder' AS holder, certificate.told->>'title_pl' AS session, issued_at,
    revoked_at
FROM session_certificate AS certificate JOIN ticket ON ticket.id = ticket_id
JOIN registration ON registration.id = registration_id WHERE {OWN} ORDER BY issued_at
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("session_registrations", query(REGISTERED)),
    ("session_tickets", query(TICKETS)),
    ("session_certificates", query(CERTIFIED)),
)
"""Sections of the export, in order. What one answered to a survey is nobody's: it was kept without a name."""
