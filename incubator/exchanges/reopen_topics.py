"""Topics follow their session: told of once it is published, open again when it is called off."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.settle_topic import settle_topic, tell_askers
from incubator.exchanges.states import TopicState
from incubator.exchanges.topics import VIEW
from incubator.exchanges.views_topics import TopicView
from incubator.people.actor import Actor

OF_SESSION = f"""
{VIEW} WHERE topic_request.session_id = $2 AND topic_request.state = 'planned' ORDER BY topic_request.id
FOR NO KEY UPDATE OF topic_request
"""


async def reopen_topics(tx: Tx, *, session_id: UUID, actor_id: UUID | None, now: datetime) -> None:
    """The session was called off: they wait for another, and who asked for them is told."""
    for topic in await _of_session(tx, session_id):
        to = TopicState.OPEN
        await settle_topic(tx, topic=topic, to=to, verb="reopen_topic", actor_id=actor_id, now=now, session_id=None)
        await tell_askers(tx, topic_id=topic.id, what="reopened", reader=None, now=now)


async def tell_planned(tx: Tx, *, session_id: UUID, actor: Actor, now: datetime) -> None:
    """The session was published: who asked for its topics is told."""
    for topic in await _of_session(tx, session_id):
        await tell_askers(tx, topic_id=topic.id, what="planned", reader=actor, now=now)


async def _of_session(tx: Tx, session_id: UUID) -> list[TopicView]:
    return [TopicView(**row) for row in await tx.fetch(OF_SESSION, None, session_id)]
