"""Say what is asked of each who registers, until somebody has answered."""

from datetime import datetime
from uuid import UUID

from asyncpg import ForeignKeyViolationError

from incubator.db.engine import Tx
from incubator.exchanges.details import QuestionLine
from incubator.exchanges.rules import check_choices
from incubator.exchanges.saving import said_anew, session_to_change
from incubator.exchanges.views import SessionInFull
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class QuestionsAnswered(Conflict):
    """Somebody answered one: what they were asked stays."""

    code = "questions_answered"
    sentence = N_("Somebody has answered these questions already: they can no longer be changed.")


ADD = """
INSERT INTO session_question (id, session_id, position, kind, text_pl, text_en, choices_pl, choices_en, required)
VALUES (uuidv7(), $1, $2, $3, $4, $5, $6, $7, $8)
"""


async def set_questions(
    tx: Tx, *, actor: Actor, session_id: UUID, questions: list[QuestionLine], seen: int | None = None, now: datetime
) -> SessionInFull:
    """In this order, instead of those before. Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff,
    ChoicesMissing, QuestionsAnswered."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    for one in questions:
        check_choices(one.kind, one.choices_pl, one.choices_en)
    await put_questions(tx, session_id=session_id, questions=questions)
    return await said_anew(tx, actor=actor, session=found, what="questions", count=len(questions), now=now)


async def put_questions(tx: Tx, *, session_id: UUID, questions: list[QuestionLine]) -> None:
    """Raises QuestionsAnswered. Whoever answers in this moment points at the question, and one of the two waits."""
    try:
        await tx.execute("DELETE FROM session_question WHERE session_id = $1", session_id)
    except ForeignKeyViolationError:
        raise QuestionsAnswered() from None
    for n, one in enumerate(questions, start=1):
        choices = (one.choices_pl, one.choices_en) if one.kind == "choice" else ([], [])
        await tx.execute(ADD, session_id, n, one.kind, one.text_pl, one.text_en, *choices, one.required)
