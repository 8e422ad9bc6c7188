"""Take a role back."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from incubator.db.engine import Session, raw
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.tables import RoleGrant


class NoSuchGrant(NotFound):
    code = "no_such_grant"
    sentence = N_("This role was withdrawn already.")


class LastAdministrator(Conflict):
    """Nobody could give roles any more."""

    code = "last_administrator"
    sentence = N_("The last administrator stays one. Make somebody else administrator first.")


async def withdraw_role(opened: Session, *, actor: Actor, grant_id: UUID, now: datetime) -> None:
    """For the administrator. Raises NotYours, NoSuchGrant, LastAdministrator."""
    if not actor.is_administrator:
        raise NotYours()
    tx = await raw(opened)
    # All administrators are locked, in one order, so that two cannot withdraw each other at once.
    administrators = await opened.exec(
        select(RoleGrant).where(RoleGrant.role == "administrator").order_by(col(RoleGrant.id)).with_for_update()
    )
    others = [grant for grant in administrators if grant.id != grant_id]
    grant = await opened.get(RoleGrant, grant_id, with_for_update=True)
    if grant is None:
        raise NoSuchGrant()
    if grant.role == "administrator" and not others:
        raise LastAdministrator()
    await opened.delete(grant)
    await opened.flush()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="withdraw_role",
        subject_kind="account",
        subject_id=grant.account_id,
        gmina_id=grant.gmina_id,
        before={"role": grant.role},
    )
