"""Give somebody a role beyond member and resident."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.details import must_know_gmina
from incubator.people.guards import NotYours
from incubator.people.tell_role import tell_role

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


# Locked: who is being erased gets no role.
PERSON = "SELECT id FROM account WHERE email = $1 FOR KEY SHARE"
# The constraint role_grant_once judges two grants at once; no row back means it was there.
GRANT = """
INSERT INTO role_grant (account_id, role, gmina_id, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING id
"""


async def grant_role(tx: Tx, *, actor: Actor, email: str, role: str, gmina_id: UUID | None, now: datetime) -> UUID:
    """For the administrator; returns the grant, and the person is written to. Raises NotYours, UnknownRole, UnknownGmina, BadEmail,
    NoSuchPerson, RoleGivenAlready."""
    if not actor.is_administrator:
        raise NotYours()
    if role not in ROLES or (role == "coordinator") != (gmina_id is not None):
        raise UnknownRole()
    if gmina_id is not None:
        await must_know_gmina(tx, gmina_id)
    account_id: UUID | None = await tx.fetchval(PERSON, rules.email_address(email))
    if account_id is None:
        raise NoSuchPerson()
    key: UUID | None = await tx.fetchval(GRANT, account_id, role, gmina_id, actor.account_id, now)
    if key is None:
        raise RoleGivenAlready()
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
    await tell_role(tx, account_id=account_id, role=role, gmina_id=gmina_id, given=True, now=now)
    return key
