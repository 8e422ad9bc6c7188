"""Registering for a session, fully checked, over HTTP: against a plain booking of the same run."""

import asyncio
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench.booking import requests
from bench.load import drive, post
from bench.rows import Row
from bench.server import serving
from bench.world import copied
from incubator.demo.large import ACCOUNTS, secret

ROUNDS, SECONDS, WARMING = 3, 8, 3
SESSIONS, CAPACITY = 400, 5_000
TITLE = "Sesja na próbę"
"""Of no other session in the house."""

MAKE = """
WITH made AS (
    INSERT INTO session (id, gmina_id, kind, state, title_pl, title_en, summary_pl, summary_en, about_pl, about_en,
        audience_pl, audience_en, terms_pl, terms_en, language, period, mode, place, online_url, access_note_pl,
        access_note_en, official_name, official_role, funder_marks, priority_for, offer_hours, most_each, draws_seats,
        checks_out, reason, created_by, sequence, version, published_at)
    SELECT uuidv7(), (SELECT id FROM gmina ORDER BY id OFFSET turn % 15 LIMIT 1), 'workshop', 'published', $1, '', '',
        '', '', '', '', '', '', '', 'pl', tstzrange($2, $3), 'elsewhere', 'Rynek 1', '', '', '', '', '', '', 'nobody',
        24, 5, false, false, '', (SELECT id FROM account ORDER BY id LIMIT 1), 0, 1, now()
    FROM generate_series(1, $4) AS turn RETURNING id
)
INSERT INTO session_seats (session_id, capacity, taken, open) SELECT id, $5, 0, true FROM made
"""


def rows(large: str) -> list[Row]:
    with copied(large) as copy:
        return _measured(copy)


def _measured(large: str) -> list[Row]:
    """Plain bookings and registrations take turns, so that a slow minute of the machine falls on both."""
    plain, wishes = requests(large), _wishes(asyncio.run(_sessions(large)))
    with serving(large) as port:
        drive(port, plain, connections=16, seconds=WARMING)
        drive(port, wishes, connections=16, seconds=WARMING)
        rates: list[tuple[float, float]] = []
        statuses = {}
        for _ in range(ROUNDS):
            yard = drive(port, plain, connections=16, seconds=SECONDS).rate(201)
            outcome = drive(port, wishes, connections=16, seconds=SECONDS)
            rates.append((outcome.rate(201), yard))
            statuses = dict(outcome.statuses)
    best, yard = max(rate for rate, _ in rates), max(yard for _, yard in rates)
    return [
        Row(
            "a registration for a session",
            f"{best:,.0f}/s {statuses}",
            f"a plain booking {yard:,.0f}/s",
            best / yard,
            0.6,
        )
    ]


async def _sessions(url: str) -> list[UUID]:
    connection = await asyncpg.connect(url)
    start = datetime.now(UTC) + timedelta(days=30)
    await connection.execute(MAKE, TITLE, start, start + timedelta(hours=2), SESSIONS, CAPACITY)
    found = [row["id"] for row in await connection.fetch("SELECT id FROM session WHERE title_pl = $1", TITLE)]
    await connection.close()
    return found


def _wishes(sessions: list[UUID]) -> Iterator[bytes]:
    """Each person once for each session, in random order."""
    dice = random.Random()
    tokens = [secret(turn) for turn in range(ACCOUNTS)]
    pairs = [(session, turn) for session in sessions for turn in range(ACCOUNTS)]
    dice.shuffle(pairs)
    body = json.dumps({"terms_accepted": True}).encode()
    for session, turn in pairs:
        yield post(f"/api/sessions/{session}/registrations", body, token=tokens[turn])
