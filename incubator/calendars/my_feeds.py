"""A person's secret addresses of calendars, as they see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.calendars.rights import HOLDS, Kind
from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class FeedView:
    """A living address; its secret is not kept. `of` is the organisation, mentor or gmina by name, empty where it is one's
    own. `fetched_by` is an app in one word, empty if unknown. One that is `over` outlived the right to it."""

    id: UUID
    kind: Kind
    of: str
    name: str
    created_at: datetime
    fetched_at: datetime | None
    fetched_by: str
    over: bool


MINE = f"""
SELECT feed_token.id, feed_token.kind, coalesce(organisation.name, mentor.name, gmina.name, '') AS of, feed_token.name,
    feed_token.created_at, feed_token.fetched_at, feed_token.fetched_by,
    NOT ({HOLDS.format(kind="feed_token.kind", account="feed_token.account_id", subject="feed_token.subject_id")}) AS over
FROM feed_token
LEFT JOIN organisation ON feed_token.kind = 'organisation' AND organisation.id = feed_token.subject_id
LEFT JOIN mentor ON feed_token.kind = 'mentor' AND mentor.id = feed_token.subject_id
LEFT JOIN gmina ON feed_token.kind = 'desk' AND gmina.id = feed_token.subject_id
WHERE feed_token.account_id = $1 AND feed_token.revoked_at IS NULL ORDER BY feed_token.id
"""


async def my_feeds(tx: Tx, *, actor: Actor) -> list[FeedView]:
    """The oldest first."""
    return [_seen(*row) for row in await tx.fetch(MINE, actor.account_id)]


def _seen(key: UUID, kind: str, *rest: Any) -> FeedView:
    return FeedView(key, Kind(kind), *rest)
