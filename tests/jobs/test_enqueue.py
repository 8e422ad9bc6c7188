"""A job follows from a row: it is there when the row is, and only then."""

from uuid import UUID

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.jobs.enqueue import enqueue
from incubator.kernel.ids import uuid7


async def waiting(db: Database) -> list[UUID]:
    async with statement(db) as tx:
        return [UUID(bytes=row["payload"]) for row in await tx.fetch("SELECT payload FROM pgqueuer")]


async def test_a_job_is_kept_with_the_transaction(db: Database) -> None:
    subject = uuid7()
    async with transaction(db) as tx:
        await enqueue(tx, job="send_mail", subject_id=subject)
    assert await waiting(db) == [subject]


async def test_a_rollback_takes_the_job_along(db: Database) -> None:
    with pytest.raises(RuntimeError):
        async with transaction(db) as tx:
            await enqueue(tx, job="send_mail", subject_id=uuid7())
            raise RuntimeError
    assert await waiting(db) == []


async def test_a_job_outside_of_a_transaction_is_refused(db: Database) -> None:
    async with statement(db) as tx:
        with pytest.raises(AssertionError):
            await enqueue(tx, job="send_mail", subject_id=uuid7())
    assert await waiting(db) == []


async def test_asking_for_a_job_notifies_nobody(db: Database) -> None:
    """A NOTIFY would make commits queue for one another."""
    async with statement(db) as tx:
        enabled = await tx.fetchval("SELECT tgenabled FROM pg_trigger WHERE tgname = 'tg_pgqueuer_changed'")
    assert enabled == b"D"
