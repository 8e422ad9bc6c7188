"""On the day that an answer was promised for, who answers for it is reminded, once."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.exchanges.tell import runners_of, write
from incubator.exchanges.topics import VIEW
from incubator.exchanges.views_topics import TopicView
from incubator.kernel.period import WARSAW

DUE = f"""
{VIEW} WHERE topic_request.state = 'assigned' AND answer_by <= $2 AND reminded_at IS NULL ORDER BY topic_request.id
LIMIT 200 FOR NO KEY UPDATE OF topic_request SKIP LOCKED
"""
MARK = "UPDATE topic_request SET reminded_at = $2 WHERE id = $1"


async def remind_topics(tx: Tx, *, now: datetime) -> None:
    """An unanswered topic is the coordinator's to chase: the official has no account."""
    for row in await tx.fetch(DUE, None, now.astimezone(WARSAW).date()):
        topic = TopicView(**row)
        await tx.execute(MARK, topic.id, now)
        for to in await runners_of(tx, gmina_id=topic.gmina_id):
            await write(tx, to=to, what="topic_due", now=now, topic=topic)
