"""A booking, fully checked, over HTTP: token, rules, quota, history, versions; against pgbench."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench.load import Outcome, drive, post
from bench.pgbench import bare_inserts
from bench.rows import Row
from bench.server import serving
from bench.world import copied
from incubator.demo.large import ACCOUNTS, FREE_FROM, account, secret
from incubator.kernel.period import WARSAW, local_moment

ROUNDS, SECONDS, WARMING = 3, 8, 3


def rows(small: str, large: str) -> list[Row]:
    with copied(small) as small_copy, copied(large) as large_copy:
        return _measured(small_copy, large_copy)


def _measured(small: str, large: str) -> list[Row]:
    """Houses take turns, so that a slow minute of the machine falls on all of them."""
    bare: list[float] = []
    rates: dict[str, list[float]] = {small: [], large: []}
    outcomes: list[Outcome] = []
    wishes = {url: requests(url) for url in (small, large)}
    with serving(small) as small_port, serving(large) as large_port:
        for url, port in ((small, small_port), (large, large_port)):
            drive(port, wishes[url], connections=16, seconds=WARMING)
        for _ in range(ROUNDS):
            bare.append(bare_inserts(large, resources=150, seconds=SECONDS // 2))
            for url, port in ((small, small_port), (large, large_port)):
                outcome = drive(port, wishes[url], connections=16, seconds=SECONDS)
                rates[url].append(outcome.rate(201))
                if url == large:
                    outcomes.append(outcome)
    best, yard = max(rates[large]), max(bare)
    told = dict(sum((one.statuses for one in outcomes), Counter[int]()))
    quiet = min(outcomes, key=lambda one: one.p99 / one.median)
    return [
        Row(
            "a booking, fully checked, 1,000,000 bookings",
            f"{best:,.0f}/s {told}",
            f"pgbench bare insert {yard:,.0f}/s",
            best / yard,
            0.12,
        ),
        Row(
            "cost of it at 1,000,000 ÷ 10,000",
            f"{best:,.0f}/s",
            f"{max(rates[small]):,.0f}/s at 10,000",
            max(rates[small]) / best,
            1.15,
            at_most=True,
        ),
        Row(
            "p99 of it ÷ median",
            f"{quiet.p99 * 1000:.1f} ms",
            f"median {quiet.median * 1000:.1f} ms",
            quiet.p99 / quiet.median,
            4,
            at_most=True,
        ),
    ]


def requests(url: str) -> Iterator[bytes]:
    """Wishes for half hours that nobody has, in random order, by members for their organisations."""
    return wishes(*asyncio.run(_facts(url)))


def wishes(spaces: list[UUID], homes: list[UUID], *, days: Sequence[int] = range(2, 300)) -> Iterator[bytes]:
    dice, today = random.Random(), datetime.now(UTC).astimezone(WARSAW).date()
    slots = [(space, day, FREE_FROM + half * 30) for space in spaces for day in days for half in range(10)]
    dice.shuffle(slots)
    tokens = [secret(turn) for turn in range(ACCOUNTS)]
    for space, day, minute in slots:
        turn = dice.randrange(ACCOUNTS)
        start = local_moment(today + timedelta(days=day), minute)
        body = {
            "space_id": str(space),
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=30)).isoformat(),
            "organisation_id": str(homes[turn]),
            "title": "Spotkanie na próbę",
            "attendees": 1,
            "outright": True,
        }
        yield post("/api/bookings", json.dumps(body).encode(), token=tokens[turn])


async def _facts(url: str) -> tuple[list[UUID], list[UUID]]:
    """The plain spaces, and each person's organisation."""
    connection = await asyncpg.connect(url)
    spaces = await connection.fetch("SELECT id FROM space WHERE resource_id IS NOT NULL ORDER BY id")
    await connection.close()
    return [row["id"] for row in spaces], await homes_of(url)


async def homes_of(url: str) -> list[UUID]:
    """Each person's organisation, by their turn."""
    connection = await asyncpg.connect(url)
    homes = await connection.fetch(
        "SELECT email, organisation_id FROM membership JOIN account ON account.id = account_id"
    )
    await connection.close()
    of = {row["email"]: row["organisation_id"] for row in homes}
    return [of[account(turn)] for turn in range(ACCOUNTS)]


__all__ = ["Outcome", "homes_of", "requests", "rows", "wishes"]
