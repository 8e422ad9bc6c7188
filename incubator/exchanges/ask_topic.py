"""Ask a gmina, or the metropolis, for a topic. A coordinator lets it through before others see it."""

from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import ForeignKeyViolationError

from incubator.db.engine import Tx
from incubator.exchanges.details_topics import TopicDetails
from incubator.exchanges.tell import runners_of, write
from incubator.exchanges.topics import topic_to_show
from incubator.exchanges.views_topics import TopicView
from incubator.people.actor import Actor
from incubator.people.attempts import Limit, count_attempts
from incubator.people.telling import tell
from incubator.places.queries import NoSuchGmina

TOPICS_BY_ACCOUNT = Limit("topic:account", 10, timedelta(days=1))
"""Counted with each topic, so what was refused for another reason does not count."""
ASK = """
INSERT INTO topic_request (id, gmina_id, account_id, title, about, state, official_name, official_role, reason,
    created_at, version)
VALUES (uuidv7(), $1, $2, $3, $4, 'new', '', '', '', $5, 1) RETURNING id
"""


async def ask_topic(tx: Tx, *, actor: Actor, gmina_id: UUID | None, details: TopicDetails, now: datetime) -> TopicView:
    """Whoever answers there is written to. Raises NoSuchGmina, TooOften."""
    await count_attempts(tx, (TOPICS_BY_ACCOUNT, str(actor.account_id)), now=now)
    try:
        key: UUID = await tx.fetchval(ASK, gmina_id, actor.account_id, details.title, details.about, now)
    except ForeignKeyViolationError:
        raise NoSuchGmina() from None
    await tell(tx, actor, now, "ask_topic", of=("topic_request", key), gmina_id=gmina_id)
    topic = await topic_to_show(tx, reader=actor, topic_id=key)
    for to in await runners_of(tx, gmina_id=gmina_id):
        await write(tx, to=to, what="topic_asked", now=now, topic=topic)
    return topic
