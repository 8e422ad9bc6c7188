"""Put a mail in the post, in the transaction that decided on it."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue

JOB = "send_mail"
POST = "INSERT INTO mail (recipient, subject, text, state, tries, error, created_at) VALUES ($1, $2, $3, 'waiting', 0, '', $4) RETURNING id"


async def post(tx: Tx, *, to: str, subject: str, text: str, now: datetime) -> UUID:
    """Keep a mail for the worker to send; rolled back with the rest if the rest is."""
    key: UUID = await tx.fetchval(POST, to, subject, text, now)
    await enqueue(tx, job=JOB, subject_id=key)
    return key
