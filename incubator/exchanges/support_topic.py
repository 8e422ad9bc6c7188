"""Say that one would like a topic too, or no longer."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.states import TopicState
from incubator.exchanges.topics import TopicNotSo, topic_to_show
from incubator.exchanges.views_topics import TopicView
from incubator.people.actor import Actor

SUPPORT = """
INSERT INTO topic_support (topic_id, account_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
"""
WITHDRAW = "DELETE FROM topic_support WHERE topic_id = $1 AND account_id = $2"
OVER = frozenset({TopicState.ANSWERED, TopicState.DECLINED})


async def support_topic(tx: Tx, *, actor: Actor, topic_id: UUID, now: datetime) -> TopicView:
    """Once; whoever asked for it supports it anyway. Raises NoSuchTopicRequest, TopicNotSo where nothing more
    becomes of it."""
    # Locked, so that who answers in this moment writes to the person too, or the person is told that it is answered.
    found = await topic_to_show(tx, reader=actor, topic_id=topic_id, lock=True)
    if found.state in OVER or found.opened_at is None:
        raise TopicNotSo(found.state)
    if not found.own:
        await tx.execute(SUPPORT, topic_id, actor.account_id, now)
    return await topic_to_show(tx, reader=actor, topic_id=topic_id)


async def withdraw_support(tx: Tx, *, actor: Actor, topic_id: UUID, now: datetime) -> TopicView:
    """Raises NoSuchTopicRequest."""
    await topic_to_show(tx, reader=actor, topic_id=topic_id)
    await tx.execute(WITHDRAW, topic_id, actor.account_id)
    return await topic_to_show(tx, reader=actor, topic_id=topic_id)
