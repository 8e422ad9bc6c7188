"""A meeting with a mentor and a room, fully checked, over HTTP: against a plain booking of the same run."""

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench.booking import homes_of, wishes
from bench.load import drive, post
from bench.rows import Row
from bench.server import serving
from bench.world import copied
from incubator.demo.large import ACCOUNTS, FREE_FROM, secret
from incubator.demo.large.mentors import make_mentors
from incubator.kernel.period import WARSAW, local_moment

ROUNDS, SECONDS, WARMING = 3, 8, 3
CLOSES = 22 * 60

# A mentor for each room, at its incubator, in the order in which both were made.
PAIRS = """
SELECT mentor.id AS mentor_id, room.id AS room_id, room.incubator_id
FROM mentor JOIN (
    SELECT id, incubator_id, row_number() OVER (ORDER BY id) AS turn FROM space
    WHERE resource_id IS NOT NULL AND kind = 'room' AND NOT needs_approval
) AS room ON mentor.slug = 'mentor-' || room.turn ORDER BY room.turn
"""
OTHERS = "SELECT id FROM space WHERE resource_id IS NOT NULL AND kind <> 'room' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and the room that they are met in."""

    mentor_id: UUID
    room_id: UUID
    incubator_id: UUID


def rows(large: str) -> list[Row]:
    with copied(large) as copy:
        return _measured(copy)


def _measured(large: str) -> list[Row]:
    """Plain bookings and meetings take turns, so that a slow minute of the machine falls on both."""
    plain, meetings = asyncio.run(_prepared(large))
    with serving(large) as port:
        drive(port, plain, connections=16, seconds=WARMING)
        drive(port, meetings, connections=16, seconds=WARMING)
        rates: list[tuple[float, float]] = []
        statuses = {}
        for _ in range(ROUNDS):
            yard = drive(port, plain, connections=16, seconds=SECONDS).rate(201)
            outcome = drive(port, meetings, connections=16, seconds=SECONDS)
            rates.append((outcome.rate(201), yard))
            statuses = dict(outcome.statuses)
    best, yard = max(rate for rate, _ in rates), max(yard for _, yard in rates)
    return [
        Row(
            "a mentor and a room, booked as one meeting",
            f"{best:,.0f}/s {statuses}",
            f"a plain booking {yard:,.0f}/s",
            best / yard,
            0.6,
        )
    ]


async def _prepared(url: str) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Wishes for plain bookings of what is no room, and for meetings in rooms."""
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await make_mentors(connection, opens=FREE_FROM, closes=CLOSES)
    pairs = [Pair(**row) for row in await connection.fetch(PAIRS)]
    others = [row["id"] for row in await connection.fetch(OTHERS)]
    holidays = {row["day"] for row in await connection.fetch("SELECT day FROM public_holiday")}
    await connection.close()
    homes = await homes_of(url)
    return wishes(others, homes), _meetings(pairs, homes, holidays)


def _meetings(pairs: list[Pair], homes: list[UUID], holidays: set[object]) -> Iterator[bytes]:
    """Half hours that nobody has, in random order, by members for their organisations."""
    dice, today = random.Random(), datetime.now(UTC).astimezone(WARSAW).date()
    days = [day for turn in range(2, 300) if (day := today + timedelta(days=turn)) not in holidays]
    slots = [(pair, day, FREE_FROM + half * 30) for pair in pairs for day in days for half in range(10)]
    dice.shuffle(slots)
    tokens = [secret(turn) for turn in range(ACCOUNTS)]
    for pair, day, minute in slots:
        turn = dice.randrange(ACCOUNTS)
        start = local_moment(day, minute)
        body = {
            "mentor_id": str(pair.mentor_id),
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=30)).isoformat(),
            "mode": "in_person",
            "incubator_id": str(pair.incubator_id),
            "space_id": str(pair.room_id),
            "people": 2,
            "organisation_id": str(homes[turn]),
            "topic": "prawo",
            "question": "Pytanie na próbę",
        }
        yield post("/api/meetings", json.dumps(body).encode(), token=tokens[turn])
