"""Two server processes, one database, everybody at once, over real HTTP."""

import asyncio
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from incubator.db.engine import open_database, statement
from incubator.kernel.clock import system_clock
from incubator.kernel.period import local_moment
from tests.auditing import audit
from tests.proof.house import House, serving
from tests.proof.ledger import Ledger
from tests.proof.people import the_people
from tests.proof.reckoning import reckon
from tests.proof.traffic import live, workdays

pytestmark = pytest.mark.slow

RACERS = 300
SECONDS = float(os.environ.get("TRAFFIC_SECONDS", "30"))
"""How long the mixed traffic goes on; shorter while working."""

MADE, DONE, GONE = 201, 200, 204
DEEDS = (
    *((verb, MADE) for verb in ("book", "series", "repeat", "block", "closure")),
    *((verb, DONE) for verb in ("confirm", "extend", "reschedule", "cancel", "approve", "decline")),
    *((f"{verb} {which}", DONE) for verb in ("change", "cancel") for which in ("this", "following", "all")),
    ("meet", MADE),
    ("move meeting", DONE),
    ("cancel meeting", DONE),
    ("be away", MADE),
    ("hand over", DONE),
    ("call off", DONE),
    ("come back", GONE),
    ("unblock", GONE),
    ("unclosure", GONE),
)
"""What has to come about in the mixed traffic, or it proves nothing about it."""


async def test_three_hundred_want_one_hour_and_one_gets_it(house: House, tmp_path: Path) -> None:
    start = local_moment(workdays(1, in_days=3, now=system_clock())[0], 10 * 60)
    wish = {
        "space_id": str(house.cast.room_s),
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "outright": True,
    }
    async with serving(house, tmp_path) as servers, patient(RACERS) as client:

        async def ask(turn: int) -> httpx.Response:
            who = house.crowd[turn % len(house.crowd)]
            headers = {"authorization": f"Bearer {who.token}"}
            return await client.post(f"{servers[turn % 2].address}/api/bookings", json=wish, headers=headers)

        answers = await asyncio.gather(*(ask(turn) for turn in range(RACERS)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: RACERS - 1}
    for problem in (answer.json() for answer in answers if answer.status_code == 409):
        assert problem["code"] == "slot_taken"
        assert problem["data"]["suggestions"], problem
    async with open_database(house.postgres.url, pool_size=2) as db, statement(db) as tx:
        assert await audit(tx) == []
        assert await tx.fetchval("SELECT count(*) FROM booking WHERE space_id = $1", house.cast.room_s) == 1


async def test_random_traffic_leaves_no_trace_of_a_race(house: House, tmp_path: Path) -> None:
    ledger, over, begun = Ledger(), asyncio.Event(), system_clock()
    days = workdays(4, in_days=10, now=begun)
    async with serving(house, tmp_path) as servers, patient(60) as client:
        asyncio.get_running_loop().call_later(SECONDS, over.set)
        await live(the_people(house, servers, client, ledger, days=days), over)
    print(ledger.table())
    assert ledger.problems == []
    assert ledger.answers["book", 201] > SECONDS, ledger.answers
    assert [deed for deed in DEEDS if not ledger.answers[deed]] == []
    async with open_database(house.postgres.url, pool_size=2) as db, statement(db) as tx:
        complaints = await reckon(tx, ledger, since=begun)
        assert complaints == [], "\n".join(complaints)


def patient(connections: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(limits=httpx.Limits(max_connections=connections), timeout=60)
