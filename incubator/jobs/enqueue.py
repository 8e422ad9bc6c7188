"""Ask for work later, in the transaction that decided on it."""

from datetime import timedelta
from typing import cast
from uuid import UUID

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries

from incubator.db.engine import Tx

AT_ONCE = timedelta()


async def enqueue(tx: Tx, *, job: str, subject_id: UUID, after: timedelta = AT_ONCE) -> None:
    """Have `job` done about the row `subject_id`, `after` from now at the earliest.

    `tx` is in a transaction: when it rolls back, the job is gone with it. A job says only which row
    it is about; everything else is read from the row when its turn comes.
    """
    assert tx.is_in_transaction(), "a job outside of a transaction would outlive what it follows from"
    # What a pool lends is a connection in all but its type.
    queue = Queries(AsyncpgDriver(cast("asyncpg.Connection[asyncpg.Record]", tx)))
    await queue.enqueue(job, subject_id.bytes, execute_after=after)
