"""A person's feeds, as they see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class FeedView:
    """A living feed; its secret is not kept. `fetched_by` is an app in one word, empty if unknown."""

    id: UUID
    name: str
    created_at: datetime
    fetched_at: datetime | None
    fetched_by: str


MINE = """
SELECT id, name, created_at, fetched_at, fetched_by FROM feed_token
WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id
"""


async def my_feeds(tx: Tx, *, actor: Actor) -> list[FeedView]:
    """The oldest first."""
    return [FeedView(*row) for row in await tx.fetch(MINE, actor.account_id)]
