"""Mails are not kept for ever."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

KEEP = timedelta(days=30)


async def forget_mails(tx: Tx, *, now: datetime) -> None:
    """Delete mails that are no longer waiting and a month old, and who was
    invited to or reminded of what has been over for as long."""
    await tx.execute("DELETE FROM mail WHERE state <> 'waiting' AND created_at < $1", now - KEEP)
    await tx.execute("DELETE FROM reminded WHERE starts < $1", now - KEEP)
    await tx.execute("DELETE FROM invited WHERE until < $1", now - KEEP)


async def forget_mails_to(tx: Tx, *, recipient: str) -> None:
    """Delete every mail to one address, those that wait included, and what is known of them."""
    for table in ("mail", "invited", "reminded"):
        await tx.execute(f"DELETE FROM {table} WHERE recipient = $1", recipient)
