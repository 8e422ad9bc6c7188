"""Do the work that waits, until told to stop.

What there is to do is handed in by `app.py` as two tables: jobs that a verb asked for, by name, and
recurring ones, by cron. A job is done at least once: after a crash another worker does it again, so
it looks at its row first. One that keeps failing is held for people to look at (`incubator jobs`).
"""

import asyncio
import functools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.domain.models import Job as Picked
from pgqueuer.domain.models import Schedule

from incubator.db.engine import Database, Tx, attempt
from incubator.kernel.clock import Clock

log = logging.getLogger(__name__)

# Nobody is notified of a new job (migration 0001 says why), so the worker looks once a second.
LOOK = timedelta(seconds=1)
# A worker that was killed gives its jobs back after this long without a sign of life.
GIVEN_UP = timedelta(seconds=10)
# What still runs when the worker is told to stop may go on for so long.
FAREWELL = 20.0


class Act(Protocol):
    """Does one job about one row. Not in a transaction: it may call the outside."""

    def __call__(self, db: Database, *, subject_id: UUID, now: datetime) -> Awaitable[object]: ...


class Tidy(Protocol):
    """Does a recurring job, in a transaction."""

    def __call__(self, tx: Tx, *, now: datetime) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What to do, how often to try, and the pause before the second try; each next one is twice as
    long, up to an hour. After the last the job is held."""

    act: Act
    tries: int = 8
    pause: timedelta = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Every:
    """What to do whenever `cron` (minute hour day month weekday, in UTC) comes round; once, however
    many workers there are."""

    cron: str
    act: Tidy


@asynccontextmanager
async def working(
    db: Database,
    *,
    jobs: Mapping[str, Job],
    recurring: Mapping[str, Every],
    clock: Clock,
    given_up: timedelta = GIVEN_UP,
) -> AsyncIterator[None]:
    """Work in the background while the block runs; what is under way at its end is finished."""
    # A pool of its own: a listener keeps one connection, and jobs do not queue behind page views.
    async with asyncpg.create_pool(db.url, min_size=2, max_size=4) as pool:

        def queue() -> PgQueuer:
            made = PgQueuer.from_asyncpg_pool(pool)
            for name, job in jobs.items():
                _register(made, name, job, db, clock)
            for name, every in recurring.items():
                made.schedule(name, every.cron, accepts_context=False)(_recurring(every, db, clock))
            return made

        stop = asyncio.Event()
        task = asyncio.create_task(_keep_working(queue, stop, given_up), name="worker")
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait({task}, timeout=FAREWELL)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _keep_working(made: Callable[[], PgQueuer], stop: asyncio.Event, given_up: timedelta) -> None:
    """Start over when the database went away and came back."""
    while not stop.is_set():
        queue = made()
        # Whether notifications arrive is not asked: there are none, and the probe at the start can be sent
        # before anybody listens. That the database went away, the next look finds out.
        run = asyncio.create_task(queue.run(dequeue_timeout=LOOK, heartbeat_timeout=given_up))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({run, told}, return_when=asyncio.FIRST_COMPLETED)
        queue.shutdown.set()
        told.cancel()
        try:
            await run
        except Exception:
            log.exception("the worker starts over")
        if not stop.is_set():
            await asyncio.sleep(1)


def _register(queue: PgQueuer, name: str, job: Job, db: Database, clock: Clock) -> None:
    async def do(picked: Picked) -> None:
        assert picked.payload is not None
        await job.act(db, subject_id=UUID(bytes=picked.payload), now=clock())

    patient = functools.partial(
        DatabaseRetryEntrypointExecutor,
        max_attempts=job.tries - 1,
        initial_delay=job.pause,
        max_delay=timedelta(hours=1),
    )
    queue.entrypoint(name, accepts_context=False, on_failure="hold", executor_factory=patient)(do)


def _recurring(every: Every, db: Database, clock: Clock) -> Callable[[Schedule], Awaitable[None]]:
    async def do(_schedule: Schedule) -> None:
        await attempt(db, lambda tx: every.act(tx, now=clock()))

    return do
