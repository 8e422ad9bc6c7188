"""Who may act on an organisation, said under a lock: what was read before the lock may be over."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.guards import NotYours, SignInFirst
from incubator.people.queries import NoSuchOrganisation


class LastOwner(Conflict):
    """An organisation without an owner could never be changed again."""

    code = "last_owner"
    sentence = N_("An organisation needs an owner. Make somebody else an owner first, or close the organisation.")


# Waits for other changes of the members; bookings in its name go on meanwhile (NO KEY).
LOCK = "SELECT version FROM organisation WHERE id = $1 AND closed_at IS NULL FOR NO KEY UPDATE"
HERE = "SELECT id FROM account WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE"
ROLE = "SELECT role FROM membership WHERE organisation_id = $1 AND account_id = $2"
OTHER_OWNERS = """
SELECT EXISTS (SELECT FROM membership WHERE organisation_id = $1 AND account_id <> $2 AND role = 'owner')
"""


async def lock_organisation(tx: Tx, *, organisation_id: UUID) -> int:
    """Its version, with the row locked until the transaction ends. Raises NoSuchOrganisation."""
    version: int | None = await tx.fetchval(LOCK, organisation_id)
    if version is None:
        raise NoSuchOrganisation(organisation_id)
    return version


async def must_be_here(tx: Tx, *, account_id: UUID) -> None:
    """Who asks was read before the transaction: an account that was erased since gets nothing new, and
    cannot be erased until the transaction ends. Raises SignInFirst."""
    if await tx.fetchval(HERE, account_id) is None:
        raise SignInFirst()


async def role_in(tx: Tx, *, organisation_id: UUID, account_id: UUID) -> str | None:
    """ "owner", "member" or none."""
    role: str | None = await tx.fetchval(ROLE, organisation_id, account_id)
    return role


async def lock_as_owner(tx: Tx, *, actor: Actor, organisation_id: UUID) -> int:
    """Lock an organisation that the asker owns or, as administrator, may change; its version.

    Raises NoSuchOrganisation for who may not know of it, NotYours for who may only look.
    """
    version = await lock_organisation(tx, organisation_id=organisation_id)
    role = await role_in(tx, organisation_id=organisation_id, account_id=actor.account_id)
    if role == "owner" or actor.is_administrator:
        return version
    if role is None and not await _coordinates(tx, actor=actor, organisation_id=organisation_id):
        raise NoSuchOrganisation(organisation_id)
    raise NotYours()


async def must_leave_an_owner(tx: Tx, *, organisation_id: UUID, account_id: UUID) -> None:
    """Raises LastOwner when nobody but this person owns it. Hold the lock."""
    if not await tx.fetchval(OTHER_OWNERS, organisation_id, account_id):
        raise LastOwner()


async def _coordinates(tx: Tx, *, actor: Actor, organisation_id: UUID) -> bool:
    return await tx.fetchval("SELECT gmina_id FROM organisation WHERE id = $1", organisation_id) in actor.coordinates
