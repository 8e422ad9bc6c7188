"""Where nobody knows whether it was done, nobody is told that it was not."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from litestar import Litestar

from incubator.app import hand_over
from incubator.db.engine import Database, open_database, statement, transaction
from tests.cast import Cast
from tests.conftest import SETTINGS, Clockwork

Visit = Callable[..., httpx.AsyncClient]
STUCK = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""
WISH = {"start": "2026-09-08T10:00:00+02:00", "end": "2026-09-08T11:00:00+02:00", "outright": True}


def unavailable(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (503, "unavailable") and "may or may not" in answer.text


async def test_a_booking_that_took_too_long_may_have_been_made(
    visit: Visit, app: Litestar, db: Database, database_url: str, clock: Clockwork, cast: Cast
) -> None:
    client = visit(cast.member)
    wish = WISH | {"space_id": str(cast.room_s)}
    async with open_database(database_url, pool_size=4, patience=0.3) as hasty:
        hand_over(app, db=hasty, clock=clock, settings=SETTINGS)
        async with transaction(db) as tx:
            await tx.execute("LOCK TABLE history IN EXCLUSIVE MODE")
            assert unavailable(await client.post("/api/bookings", json=wish))
        assert (await client.post("/api/bookings", json=wish)).status_code == 201
        async with transaction(db) as tx:  # known by now, so the counter is asked
            await tx.execute("LOCK TABLE history IN EXCLUSIVE MODE")
            later = {"start": "2026-09-08T12:00:00+02:00", "end": "2026-09-08T13:00:00+02:00"}
            assert unavailable(await client.post("/api/bookings", json=wish | later))


@pytest.mark.parametrize("end", [STUCK, STUCK.replace("terminate", "cancel")], ids=["lost", "stopped"])
async def test_the_ordinary_door_says_so_too(visit: Visit, db: Database, cast: Cast, end: str) -> None:
    client = visit(cast.member)
    await client.get("/api/me")
    async with transaction(db) as tx:
        await tx.execute("SELECT FROM account WHERE id = $1 FOR UPDATE", cast.member.id)
        changed = {"name": "Xyz", "locale": "pl", "gmina_id": None}
        going = asyncio.create_task(client.put("/api/me", json=changed))
        async with statement(db) as other, asyncio.timeout(10):
            while not await other.fetch(end):
                await asyncio.sleep(0.02)
    assert unavailable(await going)
