"""Leave an organisation, or be taken off it by an owner."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.standing import lock_as_owner, lock_organisation, must_leave_an_owner, role_in


class NoSuchMember(NotFound):
    code = "no_such_member"
    sentence = N_("This person does not belong to the organisation.")


REMOVE = "DELETE FROM membership WHERE organisation_id = $1 AND account_id = $2"


async def remove_member(tx: Tx, *, actor: Actor, organisation_id: UUID, account_id: UUID, now: datetime) -> None:
    """Anybody leaves by themselves; others are removed by an owner. The last owner stays.

    Raises NoSuchOrganisation, NotYours, NoSuchMember, LastOwner.
    """
    if account_id == actor.account_id:
        await lock_organisation(tx, organisation_id=organisation_id)
    else:
        await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    role = await role_in(tx, organisation_id=organisation_id, account_id=account_id)
    if role is None:
        raise NoSuchMember()
    if role == "owner":
        await must_leave_an_owner(tx, organisation_id=organisation_id, account_id=account_id)
    await tx.execute(REMOVE, organisation_id, account_id)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="leave" if account_id == actor.account_id else "remove_member",
        subject_kind="organisation",
        subject_id=organisation_id,
        before={"account_id": account_id, "role": role},
    )
    await bump(tx, [organisation_id, account_id])
