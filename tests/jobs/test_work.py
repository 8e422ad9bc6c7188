"""Jobs are done once they are committed, tried again when they fail, held when they keep failing."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pgqueuer.core.qm import QueueManager
from pgqueuer.errors import FailingListenerError

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.jobs.enqueue import enqueue
from incubator.jobs.held import held, try_again
from incubator.jobs.work import Every, Job, working
from incubator.kernel.clock import system_clock
from incubator.kernel.ids import uuid7


async def ask(db: Database, subject_id: UUID) -> None:
    async with transaction(db) as tx:
        await enqueue(tx, job="work", subject_id=subject_id)


async def until(holds: Callable[[], Awaitable[bool]] | Callable[[], bool], seconds: float = 8) -> None:
    async with asyncio.timeout(seconds):
        while True:
            said = holds()
            if said if isinstance(said, bool) else await said:
                return
            await asyncio.sleep(0.05)


class Hands:
    """Notes what it was given; fails the first `failures` times."""

    def __init__(self, failures: int = 0) -> None:
        self.failures, self.tries, self.done = failures, 0, list[UUID]()

    async def __call__(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        self.tries += 1
        if self.tries <= self.failures:
            raise RuntimeError("not this time")
        self.done.append(subject_id)


async def test_a_job_is_done_about_its_row(db: Database) -> None:
    hands, subject = Hands(), uuid7()
    await ask(db, subject)
    async with working(db, jobs={"work": Job(hands)}, recurring={}, clock=system_clock):
        await until(lambda: hands.done == [subject])


async def test_a_job_that_fails_is_tried_again(db: Database) -> None:
    hands = Hands(failures=2)
    await ask(db, uuid7())
    async with working(
        db, jobs={"work": Job(hands, pause=timedelta(milliseconds=10))}, recurring={}, clock=system_clock
    ):
        await until(lambda: hands.done != [])
    assert hands.tries == 3
    assert await held(db) == []


@pytest.mark.thorough
async def test_a_job_that_keeps_failing_is_held_until_somebody_asks_for_it_again(db: Database) -> None:
    hands, subject = Hands(failures=2), uuid7()
    jobs = {"work": Job(hands, tries=2, pause=timedelta(milliseconds=10))}
    await ask(db, subject)

    async def is_held() -> bool:
        return [(one.job, one.subject_id) for one in await held(db)] == [("work", subject)]

    async with working(db, jobs=jobs, recurring={}, clock=system_clock):
        await until(is_held)
        assert hands.tries == 2
        await try_again(db)
        await until(lambda: hands.done == [subject])
    assert await held(db) == []


@pytest.mark.thorough
async def test_a_probe_that_nobody_heard_does_not_trouble_the_worker(
    db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    probed = asyncio.Event()

    async def unheard(self: QueueManager, timeout: timedelta) -> None:
        probed.set()
        raise FailingListenerError

    monkeypatch.setattr(QueueManager, "listener_healthy", unheard)
    hands, subject = Hands(), uuid7()
    async with working(db, jobs={"work": Job(hands)}, recurring={}, clock=system_clock):
        async with asyncio.timeout(8):
            await probed.wait()
        await asyncio.sleep(1.5)
        await ask(db, subject)
        await until(lambda: hands.done == [subject])
    assert "starts over" not in caplog.text


@pytest.mark.thorough
async def test_the_worker_goes_on_when_the_database_went_away_and_came_back(db: Database) -> None:
    hands, first, second = Hands(), uuid7(), uuid7()
    async with working(db, jobs={"work": Job(hands)}, recurring={}, clock=system_clock):
        await ask(db, first)
        await until(lambda: hands.done == [first])
        async with statement(db) as tx:
            ended = await tx.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name <> 'incubator' AND pid <> pg_backend_pid()"
            )
        assert ended
        await ask(db, second)
        await until(lambda: hands.done == [first, second], seconds=20)


@pytest.mark.thorough
async def test_what_is_under_way_is_finished_before_the_worker_stops(db: Database) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(db: Database, *, subject_id: UUID, now: datetime) -> None:
        begun.set()
        await asyncio.sleep(0.5)
        ended.set()

    await ask(db, uuid7())
    async with working(db, jobs={"work": Job(slow)}, recurring={}, clock=system_clock):
        async with asyncio.timeout(8):
            await begun.wait()
    assert ended.is_set()
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer") == 0


@pytest.mark.slow
async def test_a_recurring_job_comes_round_once_for_two_workers(db: Database) -> None:
    rounds: list[datetime] = []

    async def tidy(tx: Tx, *, now: datetime) -> None:
        assert tx.is_in_transaction()
        rounds.append(now)

    recurring = {"tidy": Every("* * * * * */3", tidy)}
    async with (
        working(db, jobs={}, recurring=recurring, clock=system_clock),
        working(db, jobs={}, recurring=recurring, clock=system_clock),
    ):
        await until(lambda: len(rounds) >= 4, seconds=30)
    # Four rounds take nine seconds, less what the first came late on a busy machine; twice each, three.
    assert (rounds[3] - rounds[0]).total_seconds() > 5, "done twice in one round"


WORKER = """
import asyncio, sys
from incubator.db.engine import open_database
from incubator.jobs.work import Job, working
from incubator.kernel.clock import system_clock

async def hang(db, *, subject_id, now):
    print("begun", flush=True)
    await asyncio.sleep(600)

async def main():
    async with open_database(sys.argv[1]) as db:
        async with working(db, jobs={"work": Job(hang)}, recurring={}, clock=system_clock):
            await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_worker_that_is_killed_gives_its_job_back(db: Database, database_url: str) -> None:
    subject, hands = uuid7(), Hands()
    await ask(db, subject)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, database_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(15):
        assert await process.stdout.readline() == b"begun\n"
    process.kill()
    await process.wait()
    async with working(db, jobs={"work": Job(hands)}, recurring={}, clock=system_clock, given_up=timedelta(seconds=2)):
        await until(lambda: hands.done == [subject], seconds=15)
