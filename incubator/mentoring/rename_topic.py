"""Call a topic by another name, or move it in the list."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.mentoring.details import TopicNames
from incubator.mentoring.mentor_views import TopicView
from incubator.mentoring.topics import topic_by_slug, topic_key, topic_to_change
from incubator.people.actor import Actor
from incubator.places.details import differences, picked

RENAME = "UPDATE topic SET name_pl = $2, name_en = $3, position = $4, version = version + 1 WHERE slug = $1"


async def rename_topic(
    tx: Tx, *, actor: Actor, slug: str, names: TopicNames, seen: int | None = None, now: datetime
) -> TopicView:
    """For the office and the administrator. Raises NotYours, NoSuchTopic, ChangedMeanwhile."""
    row = await topic_to_change(tx, actor=actor, slug=slug, seen=seen)
    await tx.execute(RENAME, slug, names.name_pl, names.name_en, names.position)
    before, after = differences(picked(row, TopicNames), names)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="rename_topic",
        subject_kind="topic",
        subject_id=topic_key(slug),
        before=before,
        after=after,
    )
    return await topic_by_slug(tx, slug=slug)
