"""Move a question of a call's form one place up or down."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from incubator.applications.call_views import CallView
from incubator.applications.calls import form_to_change
from incubator.applications.form_rows import formed, must_have
from incubator.db.engine import Tx
from incubator.people.actor import Actor

SWAP = """
UPDATE question SET position = CASE id WHEN $1 THEN $4::int ELSE $3::int END WHERE id IN ($1, $2)
"""


async def move_question(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    question_id: UUID,
    way: Literal["up", "down"],
    seen: int | None = None,
    now: datetime,
) -> CallView:
    """The call in its new order; the first one stays where it is when moved up, the last one when moved
    down. Raises NoSuchEdition, NotYours, NoSuchCall, NoSuchQuestion, ChangedMeanwhile, FormIsFrozen."""
    desk = await form_to_change(tx, actor=actor, edition_id=edition_id, seen=seen, now=now)
    must_have(desk, question_id)
    order = desk.call.questions
    here = next(n for n, one in enumerate(order) if one.id == question_id)
    there = here + (1 if way == "down" else -1)
    if not 0 <= there < len(order):
        return desk.call
    # The unique constraint on positions is deferred: for a moment both stand in one place.
    await tx.execute(SWAP, question_id, order[there].id, order[here].position, order[there].position)
    after = {"position": order[there].position}
    return await formed(tx, desk=desk, actor=actor, verb="move_question", question_id=question_id, after=after, now=now)
