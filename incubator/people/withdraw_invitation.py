"""Take an invitation back before it is answered."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people.actor import Actor
from incubator.people.invitations import NoSuchInvitation
from incubator.people.standing import lock_as_owner

WITHDRAW = """
UPDATE invitation SET withdrawn_at = $3
WHERE id = $1 AND organisation_id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL RETURNING id
"""


async def withdraw_invitation(
    tx: Tx, *, actor: Actor, organisation_id: UUID, invitation_id: UUID, now: datetime
) -> None:
    """For owners. Raises NoSuchOrganisation, NotYours, NoSuchInvitation (also when it was answered)."""
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    if await tx.fetchval(WITHDRAW, invitation_id, organisation_id, now) is None:
        raise NoSuchInvitation()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="withdraw_invitation",
        subject_kind="organisation",
        subject_id=organisation_id,
        before={"invitation_id": invitation_id},
    )
