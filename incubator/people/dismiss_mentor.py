"""Take the role of a mentor back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate

WITHDRAW = "DELETE FROM role_grant WHERE account_id = $1 AND role = 'mentor' RETURNING id"


async def dismiss_mentor(tx: Tx, *, actor: Actor, account_id: UUID, gmina_id: UUID, now: datetime) -> None:
    """For the coordinator of the mentor's gmina. Nothing where the role was not held. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    if await tx.fetchval(WITHDRAW, account_id) is None:
        return
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="withdraw_role",
        subject_kind="account",
        subject_id=account_id,
        gmina_id=gmina_id,
        before={"role": "mentor"},
    )
