"""The mentors of the large house: one for each plain room, to be met there in the evening, by rows."""

from incubator.db.engine import Tx

# In one statement each, so that it is there whole or not at all. Everybody is on a contract, and the gminas
# have a policy, so that a meeting draws on both; none of it is ever spent.
MENTORS = """
WITH room AS (
    SELECT space.id, space.incubator_id, incubator.gmina_id, row_number() OVER (ORDER BY space.id) AS turn
    FROM space JOIN incubator ON incubator.id = space.incubator_id
    WHERE space.resource_id IS NOT NULL AND space.kind = 'room' AND NOT space.needs_approval
),
person AS (
    INSERT INTO account (id, email, name, locale, version)
    SELECT uuidv7(), 'mentor.' || turn || '@demo.invalid', 'Mentor ' || turn, 'pl', 1 FROM room
    RETURNING id, email
),
resource AS (INSERT INTO resource (kind) SELECT 'mentor' FROM room RETURNING id),
numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM resource)
INSERT INTO mentor (id, account_id, gmina_id, resource_id, slug, name, headline_pl, headline_en, about_pl, about_en,
    languages, online_link, state, lengths, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes,
    version)
SELECT uuidv7(), person.id, room.gmina_id, numbered.id, 'mentor-' || turn, 'Mentor ' || turn, '', '', '', '',
    '{pl}', '', 'active', '{30,60}', 30, 0, 0, 366, 60, 1
FROM room JOIN numbered USING (turn) JOIN person ON person.email = 'mentor.' || turn || '@demo.invalid'
"""
ROOM_OF = """
(SELECT space.incubator_id FROM space WHERE space.resource_id IS NOT NULL AND space.kind = 'room'
    AND NOT space.needs_approval ORDER BY space.id OFFSET substr(mentor.slug, 8)::int - 1 LIMIT 1)
"""
HOURS = f"""
INSERT INTO mentor_hours (id, mentor_id, weekday, opens, closes, incubator_id, online, audience)
SELECT uuidv7(), id, weekday, $1, $2, {ROOM_OF}, true, 'everyone' FROM mentor CROSS JOIN generate_series(1, 7) AS weekday
"""
TOPICS = "INSERT INTO mentor_topic (mentor_id, topic_slug) SELECT id, 'prawo' FROM mentor"
CONTRACTS = """
INSERT INTO mentor_contract (id, mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, version)
SELECT uuidv7(), id, slug, current_date, current_date + 400, 15000, 100000000, 0, 1 FROM mentor
"""
POLICIES = """
INSERT INTO mentoring_policy (gmina_id, organisation_minutes, person_minutes, version)
SELECT id, 100000000, 100000000, 1 FROM gmina
"""


async def make_mentors(tx: Tx, *, opens: int, closes: int) -> None:
    """Where there are none yet."""
    if await tx.fetchval("SELECT EXISTS (SELECT FROM mentor)"):
        return
    await tx.execute(MENTORS)
    await tx.execute(HOURS, opens, closes)
    for statement in (TOPICS, CONTRACTS, POLICIES):
        await tx.execute(statement)
