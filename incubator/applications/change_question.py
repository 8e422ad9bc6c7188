"""Change a question of a call's form, all of it anew."""

from datetime import datetime
from uuid import UUID

from incubator.applications.call_rules import check_question
from incubator.applications.call_views import CallView
from incubator.applications.calls import form_to_change
from incubator.applications.details import QuestionDetails
from incubator.applications.form_rows import columns, formed, must_have
from incubator.db.engine import Tx
from incubator.people.actor import Actor

CHANGE = """
UPDATE question SET kind = $2, label_pl = $3, label_en = $4, help_pl = $5, help_en = $6, required = $7,
    reveals_identity = $8, options = $9::text::jsonb, least = $10, most = $11, media = $12
WHERE id = $1
"""


async def change_question(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    question_id: UUID,
    details: QuestionDetails,
    seen: int | None = None,
    now: datetime,
) -> CallView:
    """The call with the question as it is now. Raises NoSuchEdition, NotYours, NoSuchCall, NoSuchQuestion,
    ChangedMeanwhile, FormIsFrozen, OptionsWrong, BoundsWrong, MediaWrong."""
    desk = await form_to_change(tx, actor=actor, edition_id=edition_id, seen=seen, now=now)
    must_have(desk, question_id)
    check_question(details)
    await tx.execute(CHANGE, question_id, *columns(details))
    after = {"kind": details.kind}
    return await formed(
        tx, desk=desk, actor=actor, verb="change_question", question_id=question_id, after=after, now=now
    )
