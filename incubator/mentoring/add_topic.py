"""Add a topic to the list of the metropolis."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.mentoring.details import NewTopic
from incubator.mentoring.mentor_views import TopicView
from incubator.mentoring.topics import TopicThere, must_be_office, topic_by_slug, topic_key
from incubator.people.actor import Actor

ADD = """
INSERT INTO topic (slug, name_pl, name_en, position, version) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT DO NOTHING RETURNING slug
"""


async def add_topic(tx: Tx, *, actor: Actor, topic: NewTopic, now: datetime) -> TopicView:
    """For the office and the administrator. Raises NotYours, TopicThere."""
    must_be_office(actor)
    if await tx.fetchval(ADD, topic.slug, topic.name_pl, topic.name_en, topic.position) is None:
        raise TopicThere()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="add_topic",
        subject_kind="topic",
        subject_id=topic_key(topic.slug),
        after=topic,
    )
    return await topic_by_slug(tx, slug=topic.slug)
