"""What must not be of meetings: see auditing.py."""

# The break as it stood when the meeting was given its time, which a mentor may change after: what the first change
# since then began with, else today's.
BREAK = """coalesce((
    SELECT (changed.before->>'break_minutes')::int FROM history AS changed
    WHERE changed.subject_id = mentor.id AND changed.verb = 'set_meeting_rules' AND changed.before ? 'break_minutes'
        AND changed.id > (
            SELECT max(id) FROM history WHERE subject_id = meeting.id AND verb IN ('meet', 'move', 'hand_over')
        )
    ORDER BY changed.id LIMIT 1
), mentor.break_minutes)"""
# To stand beside the bookings and blocks of auditing.EXPECTED.
EXPECTED = f"""
    SELECT meeting.id, mentor.resource_id, 'meeting',
        tstzrange(lower(period), upper(period) + {BREAK} * interval '1 minute'), 'firm'
    FROM meeting JOIN mentor ON mentor.id = mentor_id WHERE meeting.state <> 'cancelled'
    UNION ALL
    SELECT mentor_absence.id, mentor.resource_id, 'block', period, 'firm'
    FROM mentor_absence JOIN mentor ON mentor.id = mentor_id WHERE removed_at IS NULL
"""
# What was called off, or missed by the mentor and agreed on, is given back.
DRAWS = "state <> 'cancelled' AND NOT (state = 'missed_by_mentor' AND locked_at IS NOT NULL)"
DRAWING = f"WITH drawing AS (SELECT * FROM meeting WHERE {DRAWS})"
# To stand beside the bookings of auditing.CREDITS.
DREW = f"SELECT credit_id, 'mentor_minutes', drawn_minutes FROM meeting WHERE credit_id IS NOT NULL AND {DRAWS}"
CONTRACTS = f"""{DRAWING}
SELECT mentor_contract.id, used_minutes, coalesce(sum(drawn_minutes), 0) AS drawn
FROM mentor_contract LEFT JOIN drawing ON contract_id = mentor_contract.id GROUP BY mentor_contract.id
HAVING used_minutes <> coalesce(sum(drawn_minutes), 0) OR used_minutes > budget_minutes
"""
MONTHS = f"""{DRAWING},
counted AS (
    SELECT gmina_id, coalesce(organisation_id, account_id) AS holder_id,
        date_trunc('month', lower(period) AT TIME ZONE 'Europe/Warsaw')::date AS starts, sum(drawn_minutes) AS drawn
    FROM drawing WHERE draws_policy GROUP BY 1, 2, 3
)
SELECT * FROM counted FULL JOIN mentoring_use USING (gmina_id, holder_id, starts)
WHERE coalesce(drawn, 0) <> coalesce(minutes, 0) OR minutes > max_minutes
"""
ROOMS = """
SELECT meeting.id, meeting.period, booking.period AS booked, part_of FROM meeting JOIN booking ON booking.id = booking_id
WHERE part_of IS DISTINCT FROM meeting.id
    OR (booking.state = 'confirmed' AND (meeting.state = 'cancelled' OR booking.period <> meeting.period))
"""
HISTORY = """
SELECT meeting.id, meeting.state, last.after FROM meeting LEFT JOIN LATERAL (
    SELECT after FROM history WHERE subject_id = meeting.id ORDER BY history.id DESC LIMIT 1
) AS last ON true
WHERE last.after IS NULL OR last.after->>'state' <> meeting.state
    OR (last.after->>'start')::timestamptz <> lower(period) OR (last.after->>'mentor_id')::uuid <> mentor_id
"""
# Who is away is met by nobody: by the periods themselves, whatever stands in `occupancy`.
ABSENT = """
SELECT meeting.id, mentor_absence.id AS absence_id, meeting.period, mentor_absence.period AS away
FROM meeting JOIN mentor_absence USING (mentor_id)
WHERE meeting.state <> 'cancelled' AND removed_at IS NULL AND meeting.period && mentor_absence.period
"""
ONESELF = "SELECT id, mentor_id FROM meeting WHERE stands_in_for = mentor_id"
# A room that is part of something is the room of a meeting that knows of it.
PARTS = """
SELECT booking.id, part_of FROM booking WHERE part_of IS NOT NULL AND state IN ('confirmed', 'checked_in')
    AND NOT EXISTS (SELECT FROM meeting WHERE meeting.id = part_of AND booking_id = booking.id)
    AND NOT EXISTS (SELECT FROM programme_meeting WHERE programme_meeting.id = part_of AND booking_id = booking.id)
    AND NOT EXISTS (
        SELECT FROM session WHERE session.id = part_of AND booking_id = booking.id AND session.period = booking.period
            AND session.state <> 'cancelled'
    )
"""
# Seats are to be had of what is published, and of nothing else; each session has its row of them.
SEATS = """
SELECT session.id, session.state, open, taken, capacity FROM session LEFT JOIN session_seats ON session_id = session.id
WHERE open IS DISTINCT FROM (session.state = 'published')
"""
PROGRAMME_ROOMS = """
SELECT programme_meeting.id, booking_id, part_of FROM programme_meeting LEFT JOIN booking ON booking.id = booking_id
WHERE booking_id IS NOT NULL AND part_of IS DISTINCT FROM programme_meeting.id
"""
# Each moment at which history tells something of a meeting is one movement at least of what its mentors' calendars go by.
STILL = """
SELECT key, moments, version FROM (
    SELECT (side->>'mentor_id')::uuid AS key, count(DISTINCT at) AS moments
    FROM history CROSS JOIN LATERAL (VALUES (before), (after)) AS sides (side)
    WHERE subject_kind = 'meeting' AND side ? 'mentor_id' GROUP BY 1
) AS told LEFT JOIN version USING (key) WHERE coalesce(version, 0) < moments
"""

CHECKS = {
    "a contract counts meetings wrong": CONTRACTS,
    "a month counts meetings wrong": MONTHS,
    "a room has lost its meeting": ROOMS,
    "history tells something else of a meeting": HISTORY,
    "a meeting of a mentor who is away": ABSENT,
    "a mentor stands in for themself": ONESELF,
    "a room is part of nothing": PARTS,
    "a session is open and not published": SEATS,
    "a meeting of a programme has another's room": PROGRAMME_ROOMS,
    "a mentor's version stood still": STILL,
}
