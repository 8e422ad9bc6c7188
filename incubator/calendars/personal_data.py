"""A person's calendar addresses: in their own export, and at their erasure."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

PERSONAL: tuple[tuple[str, Query], ...] = (
    (
        "calendar_feeds",
        query(
            "SELECT kind, name, created_at, revoked_at, fetched_at, fetched_by FROM feed_token"
            " WHERE account_id = $1 ORDER BY created_at"
        ),
    ),
)
"""Sections of the export, in order."""

# The row stays, so that the address goes on answering "gone" and apps drop it.
FORGET = """
UPDATE feed_token SET revoked_at = coalesce(revoked_at, $2), name = '', fetched_by = '' WHERE account_id = $1
"""


async def forget_feeds(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Revoke every address of the person's."""
    await tx.execute(FORGET, actor.account_id, now)
