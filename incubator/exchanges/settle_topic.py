"""What the verbs that move a topic on share: its row, its history, and the mails to those who asked for it."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.exchanges.states import TopicState
from incubator.exchanges.tell import write
from incubator.exchanges.topics import topic_in_full
from incubator.exchanges.views_topics import TopicView
from incubator.people.actor import Actor
from incubator.people.addressee import Addressee

SET = """
UPDATE topic_request SET state = $2, session_id = $3, official_name = $4, official_role = $5, answer_by = $6,
    reason = $7, opened_at = coalesce(opened_at, $8), reminded_at = NULL, version = version + 1
WHERE id = $1
"""
KEPT = "SELECT session_id, official_name, official_role, answer_by, reason, opened_at FROM topic_request WHERE id = $1"
ASKED = """
SELECT email, name, locale FROM account WHERE email IS NOT NULL AND id IN (
    SELECT account_id FROM topic_request WHERE id = $1 UNION SELECT account_id FROM topic_support WHERE topic_id = $1
) AND id IS DISTINCT FROM $2 ORDER BY id
"""


async def settle_topic(
    tx: Tx,
    *,
    topic: TopicView,
    to: TopicState,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    opens: bool = True,
    **columns: object,
) -> None:
    """Move it on, setting `columns`; without `opens`, who does not know of it will not. The caller has it locked."""
    row = await tx.fetchrow(KEPT, topic.id)
    assert row is not None
    kept = {**row, **columns}
    opened = kept.pop("opened_at") or (now if opens else None)
    await tx.execute(SET, topic.id, to, *kept.values(), opened)
    await note(tx, topic=topic, verb=verb, actor_id=actor_id, now=now, after={"state": to})


async def note(
    tx: Tx, *, topic: TopicView, verb: str, actor_id: UUID | None, now: datetime, after: object = None
) -> None:
    """History of a topic."""
    before = {"state": topic.state}
    await record_of(tx, "topic_request", topic, verb=verb, actor_id=actor_id, now=now, before=before, after=after)


async def tell_askers(tx: Tx, *, topic_id: UUID, what: str, reader: Actor | None, now: datetime) -> None:
    """Post `templates/mail/topic.txt` to who asked for it and who supports it: `what` became of it. Nobody is
    written to of their own deed."""
    full = await topic_in_full(tx, reader=reader, topic_id=topic_id)
    rows = [Addressee(**row) for row in await tx.fetch(ASKED, topic_id, reader and reader.account_id)]
    for to in rows:
        await write(tx, to=to, what="topic", now=now, topic=full.topic, notes=full.notes, news=what)
