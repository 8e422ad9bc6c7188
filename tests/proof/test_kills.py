"""Pull the plug in the midst of the traffic: what was acknowledged is there afterwards, and nothing
is half done."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from incubator.db.engine import open_database, statement
from incubator.kernel.clock import system_clock
from tests.proof.house import House, Server, serving
from tests.proof.ledger import Ledger
from tests.proof.people import the_people
from tests.proof.reckoning import reckon
from tests.proof.test_races import SECONDS, patient
from tests.proof.traffic import ask_again, live, workdays

pytestmark = pytest.mark.slow


async def test_a_killed_server_process_takes_nothing_along(house: House, tmp_path: Path) -> None:
    async def pull_the_plug(servers: list[Server]) -> None:
        await servers[0].kill()
        await asyncio.sleep(1)
        await servers[0].start()

    ledger = await traffic_with(house, tmp_path, pull_the_plug, in_days=20)
    # The other process never stopped answering.
    assert ledger.problems == []


async def test_a_killed_database_keeps_what_was_acknowledged(house: House, tmp_path: Path) -> None:
    async def pull_the_plug(servers: list[Server]) -> None:
        house.postgres.kill()
        await asyncio.sleep(1)
        house.postgres.start()
        await asyncio.gather(*(server.ready() for server in servers))

    ledger = await traffic_with(house, tmp_path, pull_the_plug, in_days=30)
    assert ledger.problems or ledger.unanswered, "nobody noticed"
    assert [problem for problem in ledger.problems if ": 503 " not in problem] == []


async def traffic_with(
    house: House, folder: Path, pull_the_plug: Callable[[list[Server]], Awaitable[None]], *, in_days: int
) -> Ledger:
    """Traffic before, during and after; then what got no answer is asked again, and all is reckoned up."""
    ledger, over, begun = Ledger(), asyncio.Event(), system_clock()
    days = workdays(4, in_days=in_days, now=begun)
    async with serving(house, folder) as servers, patient(60) as client:
        traffic = asyncio.create_task(live(the_people(house, servers, client, ledger, days=days), over))
        await asyncio.sleep(SECONDS / 3)
        await pull_the_plug(servers)
        before = ledger.answers.copy()
        await asyncio.sleep(SECONDS / 3)
        over.set()
        await traffic
        print(ledger.table())
        for deed in (("book", 201), ("series", 201), ("block", 201)):
            assert ledger.answers[deed] > before[deed] > 0, f"{deed}: the house did not come back to life"
        await ask_again(servers, client, ledger)
    async with open_database(house.postgres.url, pool_size=2) as db, statement(db) as tx:
        complaints = await reckon(tx, ledger, since=begun)
        assert complaints == [], "\n".join(complaints)
    return ledger
