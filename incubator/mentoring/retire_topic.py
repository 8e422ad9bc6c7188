"""Take a topic out of the list."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.mentoring.topics import topic_key, topic_to_change
from incubator.people.actor import Actor

RETIRE = "UPDATE topic SET retired_at = $2, version = version + 1 WHERE slug = $1"


async def retire_topic(tx: Tx, *, actor: Actor, slug: str, seen: int | None = None, now: datetime) -> None:
    """Mentors show it no more and nobody can choose it; meetings about it keep it. Raises NotYours,
    NoSuchTopic, ChangedMeanwhile."""
    await topic_to_change(tx, actor=actor, slug=slug, seen=seen)
    await tx.execute(RETIRE, slug, now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="retire_topic",
        subject_kind="topic",
        subject_id=topic_key(slug),
    )
