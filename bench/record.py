"""The record of an edition with 50 startups and 20,000 rows of attendance, as a page over HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench.load import drive, get
from bench.rows import Row
from bench.server import serving
from incubator.kernel.ids import digest, new_secret, uuid7

STARTUPS, MEETINGS, LINES = 50, 100, 4
TURNS, BOUND = 40, 300
SLUG = "zestawienie-na-probe"

PROGRAMME = """
INSERT INTO programme (id, bundle_id, gmina_id, slug, name_pl, name_en, summary_pl, summary_en, about_pl, about_en, state, version)
SELECT $1, (SELECT id FROM bundle LIMIT 1), (SELECT id FROM gmina ORDER BY slug LIMIT 1), $2, 'Próba', 'Trial', '', '', '',
    '', 'published', 1
"""
EDITION = """
INSERT INTO edition (id, programme_id, slug, name_pl, name_en, about_pl, about_en, starts_on, ends_on, places, places_taken,
    presence_percent, state, version)
VALUES ($1, $2, 'edycja', 'Edycja', 'Edition', '', '', $3, $4, 50, 50, 80, 'running', 1)
"""
PARTICIPATIONS = """
INSERT INTO participation (edition_id, organisation_id, account_id, state, admitted_on, agreement_number, started_on, reason,
    plan, version)
SELECT $1, organisation_id, min(account_id::text)::uuid, 'active', $2, '', $2, '', '', 1
FROM membership GROUP BY organisation_id ORDER BY organisation_id LIMIT $3
"""
MEETING_ROWS = """
INSERT INTO programme_meeting (edition_id, name_pl, name_en, period, place, required, version)
SELECT $1, 'Spotkanie ' || turn, 'Meeting ' || turn, tstzrange($2::timestamptz + turn * interval '1 day', $2::timestamptz + turn * interval '1 day'
    + interval '2 hours'), '', true, 1
FROM generate_series(1, $3::int) AS turn
"""
ATTENDANCE = """
INSERT INTO attendance (programme_meeting_id, participation_id, account_id, minutes, meeting_minutes, evidence,
    recorded_by)
SELECT programme_meeting.id, participation.id, person.id, 60 + line * 10, lasts_minutes, 'list', participation.account_id
FROM programme_meeting CROSS JOIN participation CROSS JOIN generate_series(1, $2::int) AS line
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS line FROM account) AS person USING (line)
WHERE programme_meeting.edition_id = $1 AND participation.edition_id = $1
ORDER BY programme_meeting.id, participation.id
"""
GONE = (
    "DELETE FROM attendance WHERE participation_id IN (SELECT id FROM participation WHERE edition_id = ANY($1::uuid[]))",
    "DELETE FROM programme_meeting WHERE edition_id = ANY($1::uuid[])",
    "DELETE FROM participation WHERE edition_id = ANY($1::uuid[])",
    "DELETE FROM edition WHERE id = ANY($1::uuid[])",
)


def rows(large: str) -> list[Row]:
    edition, secret = asyncio.run(_filled(large))
    page = get(f"/desk/editions/{edition}/record", headers=f"Cookie: session={secret}\r\n")
    with serving(large) as port:
        drive(port, iter([page] * 5), connections=1, seconds=20)
        outcome = drive(port, iter([page] * TURNS), connections=1, seconds=60)
    assert outcome.statuses == {200: TURNS}, outcome.statuses
    return [
        Row(
            f"the record of {STARTUPS} startups, {STARTUPS * MEETINGS * LINES:,} rows of attendance, as a page",
            f"{outcome.median * 1000:.0f} ms",
            f"{BOUND} ms",
            outcome.median * 1000,
            BOUND,
            at_most=True,
            unit="ms",
        )
    ]


async def _filled(url: str) -> tuple[UUID, str]:
    """The edition, made anew, and the session of somebody who administers the house."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            old = await connection.fetch(
                "SELECT edition.id FROM edition JOIN programme ON programme.id = programme_id WHERE programme.slug = $1",
                SLUG,
            )
            for statement in GONE:
                await connection.execute(statement, [row["id"] for row in old])
            await connection.execute("DELETE FROM programme WHERE slug = $1", SLUG)
            edition = await _edition(connection)
            secret = await _session(connection)
        await connection.execute("VACUUM ANALYZE attendance")
    finally:
        await connection.close()
    return edition, secret


async def _edition(connection: asyncpg.Connection) -> UUID:
    programme, edition, first = uuid7(), uuid7(), datetime.now(UTC) - timedelta(days=MEETINGS + 10)
    await connection.execute(PROGRAMME, programme, SLUG)
    await connection.execute(EDITION, edition, programme, first.date(), (first + timedelta(days=365)).date())
    await connection.execute(PARTICIPATIONS, edition, first.date(), STARTUPS)
    await connection.execute(MEETING_ROWS, edition, first, MEETINGS)
    await connection.execute(ATTENDANCE, edition, LINES)
    found = await connection.fetchval(
        "SELECT count(*) FROM attendance JOIN participation ON participation.id = participation_id WHERE edition_id = $1",
        edition,
    )
    assert found == STARTUPS * MEETINGS * LINES, found
    return edition


async def _session(connection: asyncpg.Connection) -> str:
    secret = new_secret()
    account = await connection.fetchval("SELECT id FROM account ORDER BY id LIMIT 1")
    await connection.execute(
        "INSERT INTO role_grant (account_id, role) SELECT $1, 'administrator' WHERE NOT EXISTS ("
        "SELECT FROM role_grant WHERE account_id = $1 AND role = 'administrator')",
        account,
    )
    await connection.execute(
        "INSERT INTO web_session (token_hash, account_id, user_agent, expires_at) VALUES ($1, $2, '', $3)",
        digest(secret),
        account,
        datetime.now(UTC) + timedelta(days=1),
    )
    return secret
