"""Add a question at the end of a call's form."""

from datetime import datetime
from uuid import UUID

from incubator.applications.call_rules import check_question
from incubator.applications.call_views import CallView
from incubator.applications.calls import form_to_change
from incubator.applications.details import QuestionDetails
from incubator.applications.form_rows import columns, formed
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor

MOST = 100


class EnoughQuestions(Conflict):
    """A form that nobody would fill in."""

    code = "enough_questions"
    sentence = N_("A form has at most {most} questions.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


ADD = """
INSERT INTO question (edition_id, position, kind, label_pl, label_en, help_pl, help_en, required, reveals_identity, options,
    least, most, media)
SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12
FROM question WHERE edition_id = $1 RETURNING id
"""


async def add_question(
    tx: Tx, *, actor: Actor, edition_id: UUID, details: QuestionDetails, seen: int | None = None, now: datetime
) -> CallView:
    """The call with the question, its last. Raises NoSuchEdition, NotYours, NoSuchCall, ChangedMeanwhile,
    FormIsFrozen, EnoughQuestions, OptionsWrong, BoundsWrong, MediaWrong."""
    desk = await form_to_change(tx, actor=actor, edition_id=edition_id, seen=seen, now=now)
    check_question(details)
    if len(desk.call.questions) >= MOST:
        raise EnoughQuestions()
    key = await tx.fetchval(ADD, edition_id, *columns(details))
    after = {"edition_id": edition_id, "kind": details.kind}
    return await formed(tx, desk=desk, actor=actor, verb="add_question", question_id=key, after=after, now=now)
