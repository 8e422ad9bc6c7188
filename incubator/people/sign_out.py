"""Sign browsers out: this one, another one, all the others, all."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor

ONE = "DELETE FROM web_session WHERE id = $1 AND account_id = $2"
OTHERS = "DELETE FROM web_session WHERE account_id = $1 AND id IS DISTINCT FROM $2"
ALL = "DELETE FROM web_session WHERE account_id = $1"


async def sign_out(tx: Tx, *, actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions; somebody else's, or one that is over, is none."""
    await tx.execute(ONE, session_id, actor.account_id)


async def sign_out_elsewhere(tx: Tx, *, actor: Actor) -> None:
    """End every session but the one that asks."""
    await tx.execute(OTHERS, actor.account_id, actor.session_id)


async def sign_out_everywhere(tx: Tx, *, account_id: UUID) -> None:
    await tx.execute(ALL, account_id)
