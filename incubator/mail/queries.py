"""Mails to look at, where there is no mail server to look at them with."""

from dataclasses import dataclass
from datetime import datetime

from incubator.db.engine import Tx

KEPT = """
SELECT recipient, subject, text, created_at, invitations FROM mail
WHERE state IN ('kept', 'waiting') AND ($1 = '' OR recipient = $1) ORDER BY created_at DESC, id DESC LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class KeptMail:
    recipient: str
    subject: str
    text: str
    created_at: datetime
    invitations: list[str]


async def kept_mails(tx: Tx, *, to: str = "", limit: int = 30) -> list[KeptMail]:
    """The newest that were not sent, newest first; `to` one address, or to all."""
    return [KeptMail(**row) for row in await tx.fetch(KEPT, to, limit)]
