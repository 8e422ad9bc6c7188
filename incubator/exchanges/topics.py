"""Topics as those may see them who ask: all that were let through, one's own, and those that one answers for."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.queries import runs
from incubator.exchanges.states import TOPIC_ALLOWED, TopicState
from incubator.exchanges.views_topics import NoteView, TopicInFull, TopicView
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import may_run, must_run
from incubator.web.etags import must_be_current


class NoSuchTopicRequest(NotFound):
    """No topic with this identifier that the asker may know of."""

    code = "no_such_topic_request"
    sentence = N_("There is no such topic.")


class TopicNotSo(Conflict):
    """The topic has moved on: what was asked does not fit where it is now."""

    code = "topic_not_so"
    sentence = N_("This cannot be done with the topic in the state it is in.")

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state


class Topics(msgspec.Struct, kw_only=True, frozen=True):
    """Which: of a gmina (its slug), in a state. Empty fields ask for nothing."""

    gmina: str = ""
    state: str = ""


# $1 account, that of nobody where nobody is signed in.
VIEW = """
SELECT topic_request.id, topic_request.gmina_id, gmina.slug AS gmina_slug, gmina.name AS gmina_name, title, about,
    topic_request.state, session.id AS session_id, session.title_pl AS session_title_pl,
    session.title_en AS session_title_en, topic_request.official_name, topic_request.official_role, answer_by,
    topic_request.reason, (SELECT count(*) FROM topic_support WHERE topic_id = topic_request.id) AS supporters,
    EXISTS (SELECT FROM topic_support WHERE topic_id = topic_request.id AND account_id = $1) AS supported,
    coalesce(topic_request.account_id = $1, false) AS own, account.name AS asked_by, opened_at,
    topic_request.created_at, topic_request.version
FROM topic_request JOIN account ON account.id = topic_request.account_id
LEFT JOIN gmina ON gmina.id = topic_request.gmina_id
LEFT JOIN session ON session.id = topic_request.session_id AND session.published_at IS NOT NULL
"""
LIST = f"""
{VIEW} WHERE (opened_at IS NOT NULL OR topic_request.account_id = $1) AND ($2 = '' OR gmina.slug = $2)
    AND ($3 = '' OR topic_request.state = $3)
    AND ($4::timestamptz IS NULL OR (topic_request.created_at, topic_request.id) < ($4, $5::uuid))
ORDER BY topic_request.created_at DESC, topic_request.id DESC LIMIT $6
"""
# What waits for an answer first.
RUN = f"""
{VIEW} WHERE $2 OR CASE WHEN topic_request.gmina_id IS NULL THEN $3 ELSE topic_request.gmina_id = ANY($4::uuid[]) END
ORDER BY array_position(ARRAY['new', 'assigned', 'open', 'planned', 'answered', 'declined'], topic_request.state),
    answer_by, topic_request.created_at DESC, topic_request.id LIMIT 300
"""
NOTES = "SELECT id, kind, text, signed, published_at FROM topic_note WHERE topic_id = $1 ORDER BY published_at, id"
WAITING = """
SELECT count(*) FROM topic_request WHERE state = 'new'
    AND ($1 OR CASE WHEN gmina_id IS NULL THEN $2 ELSE gmina_id = ANY($3::uuid[]) END)
"""


async def topics_asked(
    tx: Tx, *, reader: Actor | None, wanted: Topics, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[TopicView]:
    """The latest first, those after the row `after` (when it was asked, its identifier)."""
    moment, key = after or (None, None)
    account = reader.account_id if reader else None
    rows = await tx.fetch(LIST, account, wanted.gmina, wanted.state, moment, key, limit)
    return [_told(TopicView(**row), reader) for row in rows]


async def topics_run(tx: Tx, *, actor: Actor) -> list[TopicView]:
    """Those that the person answers for, what waits first."""
    narrowed = (actor.is_administrator, actor.is_office, list(actor.coordinates))
    return [TopicView(**row) for row in await tx.fetch(RUN, actor.account_id, *narrowed)]


async def topics_waiting(tx: Tx, *, actor: Actor) -> int:
    """How many the person has yet to let through."""
    count: int = await tx.fetchval(WAITING, actor.is_administrator, actor.is_office, list(actor.coordinates))
    return count


async def topic_in_full(tx: Tx, *, reader: Actor | None, topic_id: UUID) -> TopicInFull:
    """Raises NoSuchTopicRequest."""
    topic = await topic_to_show(tx, reader=reader, topic_id=topic_id)
    notes = [NoteView(**row) for row in await tx.fetch(NOTES, topic_id)]
    return TopicInFull(topic=topic, notes=notes)


async def topic_to_show(tx: Tx, *, reader: Actor | None, topic_id: UUID, lock: bool = False) -> TopicView:
    """Raises NoSuchTopicRequest."""
    found = await _topic(tx, reader=reader, topic_id=topic_id, lock=lock)
    if found.opened_at is None and not (found.own or runs(reader, found.gmina_id)):
        raise NoSuchTopicRequest()
    return _told(found, reader)


async def topic_to_run(tx: Tx, *, actor: Actor, topic_id: UUID) -> TopicView:
    """For who answers for it. Raises NoSuchTopicRequest, NotYours."""
    found = await topic_to_show(tx, reader=actor, topic_id=topic_id)
    must_run(actor, found.gmina_id)
    return found


async def topic_to_change(
    tx: Tx, *, actor: Actor, topic_id: UUID, to: TopicState | None = None, seen: int | None = None
) -> TopicView:
    """Locked, for who answers for it; to be moved to the state `to`. Raises NoSuchTopicRequest, NotYours,
    ChangedMeanwhile, TopicNotSo."""
    found = await _topic(tx, reader=actor, topic_id=topic_id, lock=True)
    if found.opened_at is None and not may_run(actor, found.gmina_id):
        raise NoSuchTopicRequest()
    must_run(actor, found.gmina_id)
    must_be_current(found.version, seen)
    if to is not None and to not in TOPIC_ALLOWED[TopicState(found.state)]:
        raise TopicNotSo(found.state)
    return found


async def _topic(tx: Tx, *, reader: Actor | None, topic_id: UUID, lock: bool) -> TopicView:
    tail = "FOR NO KEY UPDATE OF topic_request" if lock else ""
    row = await tx.fetchrow(f"{VIEW} WHERE topic_request.id = $2 {tail}", reader and reader.account_id, topic_id)
    if row is None:
        raise NoSuchTopicRequest()
    return TopicView(**row)


def _told(topic: TopicView, reader: Actor | None) -> TopicView:
    return topic if runs(reader, topic.gmina_id) else msgspec.structs.replace(topic, asked_by=None)
