"""Kill workers in the midst of a newsletter: everybody is counted, nobody gets it twice, and no more are missing than
workers were killed."""

import asyncio
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from incubator.db.engine import Database, open_database, transaction
from incubator.jobs.enqueue import enqueue
from incubator.kernel.clock import system_clock
from incubator.newsletter.come_round import newsletters_due
from incubator.newsletter.details import Sending
from incubator.newsletter.rules import TAKEN_FOR_DEAD
from incubator.newsletter.schedule_issue import schedule_issue
from incubator.newsletter.send_issue import JOB
from tests.cast import acting
from tests.newsletter.cast import Inbox, copies, inbox, put_issue, put_readers
from tests.proof.house import House

pytestmark = pytest.mark.slow

READERS, KILLS = 1_500, 4


async def test_killed_workers_send_to_nobody_twice(house: House, tmp_path: Path) -> None:
    emails = [f"reader{n:04}@example.com" for n in range(READERS)]
    async with open_database(house.postgres.url, pool_size=4) as db, inbox() as (server, url):
        key = await _scheduled(db, house, emails)
        workers = [await _work(house, url, tmp_path) for _ in range(2)]
        try:
            for turn in range(1, KILLS + 1):
                await _until(server, READERS * turn // (KILLS + 2))
                workers[0].send_signal(signal.SIGKILL)
                await workers[0].wait()
                workers = [workers[1], await _work(house, url, tmp_path)]
                await _ask(db, key)
            async with asyncio.timeout(240):
                while (await copies(db, key)).get("waiting", 0):
                    await asyncio.sleep(0.2)
                    if not server.taken:
                        raise AssertionError("nothing goes out")
            await asyncio.sleep(1)
        finally:
            for worker in workers:
                worker.terminate()
                await worker.wait()
        got = Counter(server.recipients)
        assert [email for email, times in got.items() if times > 1] == []
        found = await copies(db, key)
        print(found, len(got))
        assert found.get("sent", 0) + found.get("handing", 0) == READERS
        assert found.get("handing", 0) <= KILLS
        assert READERS - len(got) <= found.get("handing", 0)
        async with transaction(db) as tx:
            await newsletters_due(tx, now=system_clock() + TAKEN_FOR_DEAD + timedelta(minutes=1))
        assert (await copies(db, key)).get("unknown", 0) == found.get("handing", 0)


async def _scheduled(db: Database, house: House, emails: list[str]) -> object:
    actor, now = await acting(db, house.cast.office), system_clock()
    async with transaction(db) as tx:
        await put_readers(tx, *emails)
        await tx.execute("UPDATE newsletter_subscription SET confirmed_at = $1", now - timedelta(days=1))
        key = await put_issue(tx, actor)
        await schedule_issue(tx, actor=actor, issue_id=key, sending=Sending(), now=now)
    await _ask(db, key)
    return key


async def _ask(db: Database, key: object) -> None:
    """What comes round each minute, a little sooner."""
    async with transaction(db) as tx:
        for _ in range(2):
            await enqueue(tx, job=JOB, subject_id=key)  # type: ignore[arg-type]


async def _work(house: House, smtp_url: str, folder: Path) -> asyncio.subprocess.Process:
    given = {
        "DATABASE_URL": house.postgres.url,
        "SECRET_KEY": "k" * 32,
        "SMTP_URL": smtp_url,
        "NEWSLETTER_PER_MINUTE": "9000",
    }
    with (folder / "work.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "incubator", "work", env={**os.environ, **given}, stdout=log, stderr=log
        )


async def _until(server: Inbox, n: int) -> None:
    async with asyncio.timeout(120):
        while len(server.taken) < n:
            await asyncio.sleep(0.02)
