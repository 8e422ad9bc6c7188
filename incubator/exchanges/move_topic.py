"""What a coordinator makes of a topic: let it through, plan it as a session, give it to an official, answer it,
say what followed, or decline it."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.details_topics import Note, Official
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.saving import SessionCalledOff
from incubator.exchanges.settle_topic import note, settle_topic, tell_askers
from incubator.exchanges.states import State, TopicState
from incubator.exchanges.topics import TopicNotSo, topic_in_full, topic_to_change
from incubator.exchanges.views_topics import TopicInFull
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor


class SessionOfAnother(Invalid):
    """A session that another gmina holds."""

    code = "session_of_another"
    sentence = N_("Choose a session of the gmina that was asked for the topic.")


class AnswerByPast(Invalid):
    code = "answer_by_past"
    sentence = N_("Say a day to come, within two years, by which it will be answered.")


class TooManyNotes(Conflict):
    code = "too_many_notes"
    sentence = N_("This topic has many follow-ups already. Ask for a new topic, or plan a session.")


NOTE = """
INSERT INTO topic_note (id, topic_id, kind, text, signed, author_id, published_at)
VALUES (uuidv7(), $1, $2, $3, $4, $5, $6)
"""
NOTES = "SELECT count(*) FROM topic_note WHERE topic_id = $1"
MOST_NOTES = 50
LATEST_DAYS = 731


async def let_through(tx: Tx, *, actor: Actor, topic_id: UUID, seen: int | None = None, now: datetime) -> TopicInFull:
    """From now on everybody sees it and may support it. Raises NoSuchTopicRequest, NotYours, ChangedMeanwhile,
    TopicNotSo."""
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, to=TopicState.OPEN, seen=seen)
    if topic.state != TopicState.NEW:
        raise TopicNotSo(topic.state)
    await settle_topic(tx, topic=topic, to=TopicState.OPEN, verb="let_through", actor_id=actor.account_id, now=now)
    return await _told(tx, actor, topic_id, "open", now)


async def plan_topic(
    tx: Tx, *, actor: Actor, topic_id: UUID, session_id: UUID, seen: int | None = None, now: datetime
) -> TopicInFull:
    """It becomes a session; who asked is told once that is published. Raises NoSuchTopicRequest, NotYours,
    ChangedMeanwhile, TopicNotSo, NoSuchSession, SessionOfAnother, SessionCalledOff."""
    # The session first, as calling it off does.
    session = await session_to_run(tx, actor=actor, session_id=session_id, lock=True)
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, to=TopicState.PLANNED, seen=seen)
    if session.state == State.CANCELLED:
        raise SessionCalledOff()
    if session.gmina_id != topic.gmina_id:
        raise SessionOfAnother()
    await settle_topic(
        tx,
        topic=topic,
        to=TopicState.PLANNED,
        session_id=session_id,
        verb="plan_topic",
        actor_id=actor.account_id,
        now=now,
    )
    if session.public:
        return await _told(tx, actor, topic_id, "planned", now)
    return await topic_in_full(tx, reader=actor, topic_id=topic_id)


async def assign_topic(
    tx: Tx, *, actor: Actor, topic_id: UUID, official: Official, seen: int | None = None, now: datetime
) -> TopicInFull:
    """A named official answers by a day. Raises NoSuchTopicRequest, NotYours, ChangedMeanwhile, TopicNotSo,
    AnswerByPast."""
    must_be_ahead(official.answer_by, now)
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, to=TopicState.ASSIGNED, seen=seen)
    said = {name: getattr(official, name) for name in Official.__struct_fields__}
    await settle_topic(
        tx, topic=topic, to=TopicState.ASSIGNED, **said, verb="assign_topic", actor_id=actor.account_id, now=now
    )
    return await _told(tx, actor, topic_id, "assigned", now)


async def answer_topic(
    tx: Tx, *, actor: Actor, topic_id: UUID, answer: Note, seen: int | None = None, now: datetime
) -> TopicInFull:
    """The answer stands on its page. Raises NoSuchTopicRequest, NotYours, ChangedMeanwhile, TopicNotSo."""
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, to=TopicState.ANSWERED, seen=seen)
    await tx.execute(NOTE, topic_id, "answer", answer.text, answer.signed, actor.account_id, now)
    await settle_topic(tx, topic=topic, to=TopicState.ANSWERED, verb="answer_topic", actor_id=actor.account_id, now=now)
    return await _told(tx, actor, topic_id, "answered", now)


async def follow_up(
    tx: Tx, *, actor: Actor, topic_id: UUID, what: Note, seen: int | None = None, now: datetime
) -> TopicInFull:
    """What came of an answer. Raises NoSuchTopicRequest, NotYours, ChangedMeanwhile, TopicNotSo, TooManyNotes."""
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, seen=seen)
    if topic.state != TopicState.ANSWERED:
        raise TopicNotSo(topic.state)
    if await tx.fetchval(NOTES, topic_id) >= MOST_NOTES:
        raise TooManyNotes()
    await tx.execute(NOTE, topic_id, "follow_up", what.text, what.signed, actor.account_id, now)
    await tx.execute("UPDATE topic_request SET version = version + 1 WHERE id = $1", topic_id)
    await note(tx, topic=topic, verb="follow_up", actor_id=actor.account_id, now=now)
    return await _told(tx, actor, topic_id, "follow_up", now)


async def decline_topic(
    tx: Tx, *, actor: Actor, topic_id: UUID, reason: str, seen: int | None = None, now: datetime
) -> TopicInFull:
    """One that nobody else saw yet, nobody else will. Raises NoSuchTopicRequest, NotYours, ChangedMeanwhile,
    TopicNotSo."""
    topic = await topic_to_change(tx, actor=actor, topic_id=topic_id, to=TopicState.DECLINED, seen=seen)
    await settle_topic(
        tx,
        topic=topic,
        to=TopicState.DECLINED,
        reason=reason,
        verb="decline_topic",
        actor_id=actor.account_id,
        now=now,
        opens=False,
    )
    return await _told(tx, actor, topic_id, "declined", now)


def must_be_ahead(day: date, now: datetime) -> None:
    """Raises AnswerByPast."""
    if not 0 <= (day - now.astimezone(WARSAW).date()).days <= LATEST_DAYS:
        raise AnswerByPast()


async def _told(tx: Tx, actor: Actor, topic_id: UUID, what: str, now: datetime) -> TopicInFull:
    await tell_askers(tx, topic_id=topic_id, what=what, reader=actor, now=now)
    return await topic_in_full(tx, reader=actor, topic_id=topic_id)
