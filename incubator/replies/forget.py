"""What was read is not kept for ever."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

KEEP = timedelta(days=90)
# The last one of each mailbox says how far it was read.
FORGET = """
DELETE FROM reply WHERE read_at < $1 AND EXISTS (
    SELECT FROM reply AS later
    WHERE later.box = reply.box AND later.uid_validity = reply.uid_validity AND later.uid > reply.uid
)
"""


async def forget_replies(tx: Tx, *, now: datetime) -> None:
    """Forget mails that were read a quarter of a year ago."""
    await tx.execute(FORGET, now - KEEP)
