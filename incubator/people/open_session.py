"""Sign a browser in: a row here, its secret in a cookie there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.ids import digest, new_secret

SESSION_LIVES = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who it is, what to put into the cookie, and where to go on."""

    account_id: UUID
    secret: str
    next_path: str = "/"


OPEN = """
INSERT INTO web_session (token_hash, account_id, user_agent, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $4, $5)
"""


async def open_session(tx: Tx, *, account_id: UUID, user_agent: str, now: datetime) -> str:
    """The secret of a new session, which lives 30 days; only its digest is kept."""
    secret = new_secret()
    await tx.execute(OPEN, digest(secret), account_id, user_agent, now, now + SESSION_LIVES)
    return secret
