"""Move a pass from one state to the next: the step that its verbs share.

Locks are taken in one order: checkout, charge, pass, credit."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.passes.queries import pass_as_it_is
from incubator.passes.states import PassState
from incubator.passes.views import PassView

LOCK = "SELECT id FROM pass_bought WHERE id = $1 FOR NO KEY UPDATE"
LOCK_CREDIT = "SELECT id FROM credit WHERE id = $1 FOR NO KEY UPDATE"
SETTLE = "UPDATE pass_bought SET state = $2, version = version + 1 WHERE id = $1"


async def locked_pass(tx: Tx, *, pass_id: UUID) -> PassView:
    """The pass with its credit, as they stand once nobody else changes them."""
    await tx.fetchval(LOCK, pass_id)
    credit_id: UUID | None = (await pass_as_it_is(tx, pass_id=pass_id)).credit_id
    if credit_id is not None:
        await tx.fetchval(LOCK_CREDIT, credit_id)
    return await pass_as_it_is(tx, pass_id=pass_id)


async def settle_pass(
    tx: Tx, bought: PassView, *, to: PassState, verb: str, by: UUID | None, now: datetime
) -> PassView:
    """For who has it locked."""
    await tx.execute(SETTLE, bought.id, to)
    settled = await pass_as_it_is(tx, pass_id=bought.id)
    await note(tx, settled, verb, by=by, now=now)
    return settled


async def note(tx: Tx, bought: PassView, verb: str, *, by: UUID | None, now: datetime) -> None:
    """The history of a pass."""
    await record(
        tx,
        now=now,
        actor_id=by,
        verb=verb,
        subject_kind="pass",
        subject_id=bought.id,
        gmina_id=bought.gmina_id,
        after={"state": bought.state, "drawn": bought.drawn, "left": bought.left},
    )
