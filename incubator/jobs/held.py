"""Jobs that failed to the last try: what they were, and how to have them done after all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.queries import Queries

from incubator.db.engine import Database


@dataclass(frozen=True, slots=True)
class Held:
    """One job that nobody tries any more."""

    id: int
    job: str
    subject_id: UUID
    tries: int
    since: datetime


async def held(db: Database) -> list[Held]:
    """The newest hundred."""
    return [
        Held(job.id, job.entrypoint, UUID(bytes=job.payload or bytes(16)), job.attempts + 1, job.updated)
        for job in await _queue(db).list_failed_jobs(limit=100)
    ]


async def try_again(db: Database) -> int:
    """Put the held jobs back into the queue; how many."""
    ids = [job.id for job in await _queue(db).list_failed_jobs(limit=1_000_000)]
    await _queue(db).requeue_jobs(ids)
    return len(ids)


def _queue(db: Database) -> Queries:
    return Queries(AsyncpgPoolDriver(db.pool))
