"""Throw away what lets nobody in any more."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

OVER = (
    ("DELETE FROM web_session WHERE expires_at < $1", timedelta()),
    ("DELETE FROM sign_in_link WHERE expires_at < $1", timedelta(days=1)),
    ("DELETE FROM attempt WHERE window_start < $1", timedelta(days=2)),
    ("DELETE FROM api_token WHERE least(revoked_at, expires_at) < $1", timedelta(days=365)),
    ("DELETE FROM invitation WHERE coalesce(accepted_at, withdrawn_at, expires_at) < $1", timedelta(days=365)),
)
"""What goes, and how long after its end."""


async def tidy_people(tx: Tx, *, now: datetime) -> None:
    """Sessions at once, links and counts of attempts after days, tokens and invitations after a year."""
    for delete, kept in OVER:
        await tx.execute(delete, now - kept)
