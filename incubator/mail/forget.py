"""Mails are not kept for ever."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

KEEP = timedelta(days=30)


async def forget_mails(tx: Tx, *, now: datetime) -> None:
    """Delete mails that are no longer waiting and a month old."""
    await tx.execute("DELETE FROM mail WHERE state <> 'waiting' AND created_at < $1", now - KEEP)
