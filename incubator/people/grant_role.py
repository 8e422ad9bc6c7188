"""Give somebody a role beyond member and resident."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from incubator.db.engine import Session, raw
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.details import must_know_gmina
from incubator.people.guards import NotYours
from incubator.people.tables import Account, RoleGrant

ROLES = ("coordinator", "mentor", "office", "administrator")


class UnknownRole(Invalid):
    """No such role, or a gmina where there should be none, or none where there should be one."""

    code = "unknown_role"
    sentence = N_("A coordinator is of one gmina; mentor, office and administrator are of none.")


class NoSuchPerson(NotFound):
    code = "no_such_person"
    sentence = N_("Nobody with this e-mail has an account. They get one by signing in once.")


class RoleGivenAlready(Conflict):
    code = "role_given_already"
    sentence = N_("This person has this role already.")


async def grant_role(
    opened: Session, *, actor: Actor, email: str, role: str, gmina_id: UUID | None, now: datetime
) -> UUID:
    """For the administrator; returns the grant. Raises NotYours, UnknownRole, UnknownGmina, BadEmail,
    NoSuchPerson, RoleGivenAlready."""
    if not actor.is_administrator:
        raise NotYours()
    if role not in ROLES or (role == "coordinator") != (gmina_id is not None):
        raise UnknownRole()
    tx = await raw(opened)
    if gmina_id is not None:
        await must_know_gmina(tx, gmina_id)
    found = await opened.exec(select(Account.id).where(Account.email == rules.email_address(email)))
    account_id = found.one_or_none()
    if account_id is None:
        raise NoSuchPerson()
    key = await _give(opened, account_id=account_id, role=role, gmina_id=gmina_id, by=actor.account_id, now=now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="grant_role",
        subject_kind="account",
        subject_id=account_id,
        gmina_id=gmina_id,
        after={"role": role},
    )
    return key


async def _give(
    opened: Session, *, account_id: UUID, role: str, gmina_id: UUID | None, by: UUID, now: datetime
) -> UUID:
    # The constraint role_grant_once judges two grants at once; no row back means it was there.
    grant = insert(RoleGrant).values(account_id=account_id, role=role, gmina_id=gmina_id, granted_by=by, granted_at=now)
    given = await opened.execute(grant.on_conflict_do_nothing().returning(RoleGrant.__table__.c.id))  # type: ignore[attr-defined]
    key: UUID | None = given.scalar_one_or_none()
    if key is None:
        raise RoleGivenAlready()
    return key
