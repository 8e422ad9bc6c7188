"""Publish a question that was asked at a session and what was answered; take it back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.details import Answer
from incubator.exchanges.saving import count_on, session_to_change
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.people.actor import Actor
from incubator.people.telling import tell

MOST = 200


class NoSuchAnswer(NotFound):
    code = "no_such_answer"
    sentence = N_("There is no such answer.")


class TooManyAnswers(Conflict):
    code = "too_many_answers"
    sentence = N_("A session has {most} published answers at most.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


ADD = """
INSERT INTO session_answer (id, session_id, question, answer, answered_by, published_at, author_id)
VALUES (uuidv7(), $1, $2, $3, $4, $5, $6) RETURNING id
"""
COUNT = "SELECT count(*) FROM session_answer WHERE session_id = $1"
REMOVE = "DELETE FROM session_answer WHERE id = $1 AND session_id = $2 RETURNING id"


async def publish_answer(tx: Tx, *, actor: Actor, session_id: UUID, answer: Answer, now: datetime) -> UUID:
    """On the page of the session. Raises NoSuchSession, NotYours, SessionCalledOff, TooManyAnswers."""
    found = await session_to_change(tx, actor=actor, session_id=session_id)
    if await tx.fetchval(COUNT, session_id) >= MOST:
        raise TooManyAnswers()
    said = (answer.question, answer.answer, answer.answered_by)
    key: UUID = await tx.fetchval(ADD, session_id, *said, now, actor.account_id)
    await count_on(tx, session_id, now)
    of, after = ("session", session_id), {"answer_id": key}
    await tell(tx, actor, now, "publish_answer", of=of, gmina_id=found.gmina_id, after=after)
    return key


async def withdraw_answer(tx: Tx, *, actor: Actor, session_id: UUID, answer_id: UUID, now: datetime) -> None:
    """Raises NoSuchSession, NotYours, SessionCalledOff, NoSuchAnswer."""
    found = await session_to_change(tx, actor=actor, session_id=session_id)
    if await tx.fetchval(REMOVE, answer_id, session_id) is None:
        raise NoSuchAnswer()
    await count_on(tx, session_id, now)
    of, before = ("session", session_id), {"answer_id": answer_id}
    await tell(tx, actor, now, "withdraw_answer", of=of, gmina_id=found.gmina_id, before=before)
