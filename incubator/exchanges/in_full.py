"""A session with all that is said of it, as the reader may see it."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.materials import materials_of
from incubator.exchanges.queries import session_to_show
from incubator.exchanges.views import (
    AnswerView,
    QuestionView,
    SessionInFull,
    SpeakerView,
    StallView,
)
from incubator.people.actor import Actor

SPEAKERS = """
SELECT session_speaker.name, role_pl, role_en, mentor.id AS mentor_id, mentor.slug AS mentor_slug
FROM session_speaker LEFT JOIN mentor ON mentor.id = mentor_id AND mentor.state <> 'retired'
WHERE session_id = $1 ORDER BY position
"""
QUESTIONS = """
SELECT id, kind, text_pl, text_en, choices_pl, choices_en, required FROM session_question
WHERE session_id = $1 ORDER BY position
"""
# Numbers in their own order: 2 before 10, A before B.
STALLS = """
SELECT id, number, about_pl, about_en,
    EXISTS (SELECT FROM ticket WHERE ticket.stall_id = session_stall.id) AS taken
FROM session_stall WHERE session_id = $1
ORDER BY regexp_replace(number, '[0-9]+', '', 'g'), lpad(regexp_replace(number, '[^0-9]', '', 'g'), 30, '0'), number
"""
ANSWERS = """
SELECT id, question, answer, answered_by, published_at FROM session_answer WHERE session_id = $1
ORDER BY published_at, id
"""


async def session_in_full(tx: Tx, *, reader: Actor | None, session_id: UUID) -> SessionInFull:
    """Raises NoSuchSession. The address of what is not for everybody is not in it for those it is not for."""
    session = await session_to_show(tx, reader=reader, session_id=session_id)
    return SessionInFull(
        session=session,
        speakers=[SpeakerView(**row) for row in await tx.fetch(SPEAKERS, session_id)],
        questions=await questions_of(tx, session_id=session_id),
        stalls=await stalls_of(tx, session_id=session_id),
        materials=await materials_of(tx, reader=reader, session_id=session_id, gmina_id=session.gmina_id),
        answers=[AnswerView(**row) for row in await tx.fetch(ANSWERS, session_id)],
    )


async def questions_of(tx: Tx, *, session_id: UUID) -> list[QuestionView]:
    """In their order. The caller has asked whether the session may be seen."""
    return [QuestionView(**row) for row in await tx.fetch(QUESTIONS, session_id)]


async def stalls_of(tx: Tx, *, session_id: UUID) -> list[StallView]:
    """By their numbers. The caller has asked whether the session may be seen."""
    return [StallView(**row) for row in await tx.fetch(STALLS, session_id)]
