"""Remove a question from a call's form."""

from datetime import datetime
from uuid import UUID

from incubator.applications.call_views import CallView
from incubator.applications.calls import form_to_change
from incubator.applications.form_rows import formed, must_have
from incubator.db.engine import Tx
from incubator.people.actor import Actor


async def remove_question(
    tx: Tx, *, actor: Actor, edition_id: UUID, question_id: UUID, seen: int | None = None, now: datetime
) -> CallView:
    """The call without it. Raises NoSuchEdition, NotYours, NoSuchCall, NoSuchQuestion, ChangedMeanwhile,
    FormIsFrozen."""
    desk = await form_to_change(tx, actor=actor, edition_id=edition_id, seen=seen, now=now)
    must_have(desk, question_id)
    await tx.execute("DELETE FROM question WHERE id = $1", question_id)
    return await formed(tx, desk=desk, actor=actor, verb="remove_question", question_id=question_id, now=now)
