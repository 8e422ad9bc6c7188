"""Make a member an owner, or an owner a member."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor
from incubator.people.remove_member import NoSuchMember
from incubator.people.standing import lock_as_owner, must_leave_an_owner, role_in

ROLES = ("owner", "member")


class UnknownMemberRole(Invalid):
    code = "unknown_member_role"
    sentence = N_("Somebody in an organisation is an owner or a member.")


CHANGE = "UPDATE membership SET role = $3 WHERE organisation_id = $1 AND account_id = $2"


async def change_member(
    tx: Tx, *, actor: Actor, organisation_id: UUID, account_id: UUID, role: str, now: datetime
) -> None:
    """Give a member the role "owner" or "member". For owners; the last one stays one.

    Raises NoSuchOrganisation, NotYours, NoSuchMember, UnknownMemberRole, LastOwner.
    """
    must_be_role(role)
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    before = await role_in(tx, organisation_id=organisation_id, account_id=account_id)
    if before is None:
        raise NoSuchMember()
    if before == role:
        return
    if before == "owner":
        await must_leave_an_owner(tx, organisation_id=organisation_id, account_id=account_id)
    await tx.execute(CHANGE, organisation_id, account_id, role)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="change_member",
        subject_kind="organisation",
        subject_id=organisation_id,
        before={"account_id": account_id, "role": before},
        after={"account_id": account_id, "role": role},
    )


def must_be_role(role: str) -> None:
    """Raises UnknownMemberRole."""
    if role not in ROLES:
        raise UnknownMemberRole()
