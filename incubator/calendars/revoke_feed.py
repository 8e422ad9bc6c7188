"""Revoke a personal feed: from now on its address answers 410, and apps drop it."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor


class NoSuchFeed(NotFound):
    """No living feed of the asker has this identifier."""

    code = "no_such_feed"
    sentence = N_("You have no such calendar address, or it was revoked before.")


REVOKE = "UPDATE feed_token SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id"


async def revoke_feed(tx: Tx, *, actor: Actor, feed_id: UUID, now: datetime) -> None:
    """One of the person's own. Raises NoSuchFeed."""
    if await tx.fetchval(REVOKE, feed_id, actor.account_id, now) is None:
        raise NoSuchFeed()
    await record(tx, now=now, actor_id=actor.account_id, verb="revoke_feed", subject_kind="feed", subject_id=feed_id)
