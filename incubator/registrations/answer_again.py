"""Answer the session's own questions anew: what somebody needs may change until the session begins."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.registrations.cancel import SessionBegun
from incubator.registrations.queries import locked_registration, registration_by_id, registration_for
from incubator.registrations.rules import check_answers
from incubator.registrations.settle import RegistrationOver, note
from incubator.registrations.states import State
from incubator.registrations.to_register import questions_of
from incubator.registrations.views import RegistrationView

OPEN = frozenset({State.WAITING, State.OFFERED, State.REGISTERED})
GIVEN = "SELECT question_id, value FROM registration_answer WHERE registration_id = $1"
CLEAR = "DELETE FROM registration_answer WHERE registration_id = $1"
# A question that goes away in this moment needs no answer any more.
KEEP = """
INSERT INTO registration_answer (registration_id, question_id, value)
SELECT $1, question.id, told.value FROM unnest($3::uuid[], $4::text[]) AS told (id, value)
JOIN session_question AS question ON question.id = told.id AND question.session_id = $2 FOR KEY SHARE OF question
"""


async def answer_again(
    tx: Tx, *, registration_id: UUID, answers: Mapping[UUID, str], actor_id: UUID | None = None, now: datetime
) -> RegistrationView:
    """By question; what is not among them is answered no more. Whoever asks has the link or is the person. Raises
    NoSuchRegistration, RegistrationOver, SessionBegun, AnswerMissing."""
    found = await locked_registration(tx, registration_id=registration_id)
    if found.state not in OPEN:
        raise RegistrationOver()
    if now >= found.session.period.start:
        raise SessionBegun()
    check_answers(await questions_of(tx, session_id=found.session_id), answers)
    said = {key: value for key, value in answers.items() if value}
    await tx.execute(CLEAR, found.id)
    await tx.execute(KEEP, found.id, found.session_id, list(said), list(said.values()))
    by = actor_id or found.account_id
    await note(tx, registration=found, verb="answer_again", to=found.state, actor_id=by, now=now)
    return await registration_by_id(tx, registration_id=found.id)


async def answer_own_again(
    tx: Tx, *, actor: Actor, registration_id: UUID, answers: Mapping[UUID, str], now: datetime
) -> RegistrationView:
    """Of somebody signed in. Raises NoSuchRegistration and what `answer_again` raises."""
    await registration_for(tx, actor=actor, registration_id=registration_id)
    by = actor.account_id
    return await answer_again(tx, registration_id=registration_id, answers=answers, actor_id=by, now=now)


async def answers_given(tx: Tx, *, registration_id: UUID) -> dict[UUID, str]:
    """By question. The caller has asked whose they are."""
    return {row["question_id"]: row["value"] for row in await tx.fetch(GIVEN, registration_id)}
