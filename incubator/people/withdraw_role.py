"""Take a role back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.tell_role import tell_role


class NoSuchGrant(NotFound):
    code = "no_such_grant"
    sentence = N_("This role was withdrawn already.")


class LastAdministrator(Conflict):
    """Nobody could give roles any more."""

    code = "last_administrator"
    sentence = N_("The last administrator stays one. Make somebody else administrator first.")


# Every administrator's grant is locked, in one order, so that two who withdraw each other, or leave,
# at once are judged one after the other.
ADMINISTRATORS = """
SELECT account_id FROM role_grant WHERE role = 'administrator' ORDER BY id FOR UPDATE
"""
WITHDRAW = "DELETE FROM role_grant WHERE id = $1 RETURNING account_id, role, gmina_id"


async def withdraw_role(tx: Tx, *, actor: Actor, grant_id: UUID, now: datetime) -> None:
    """For the administrator; the person is written to. Raises NotYours, NoSuchGrant, LastAdministrator."""
    if not actor.is_administrator:
        raise NotYours()
    administrators = await lock_administrators(tx)
    row = await tx.fetchrow(WITHDRAW, grant_id)
    if row is None:
        raise NoSuchGrant()
    if row["role"] == "administrator":
        must_leave_an_administrator(administrators, without=row["account_id"])
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="withdraw_role",
        subject_kind="account",
        subject_id=row["account_id"],
        gmina_id=row["gmina_id"],
        before={"role": row["role"]},
    )
    await tell_role(tx, account_id=row["account_id"], role=row["role"], gmina_id=row["gmina_id"], given=False, now=now)


async def lock_administrators(tx: Tx) -> set[UUID]:
    """Who administers the house; none of them can go until the transaction ends."""
    return {row["account_id"] for row in await tx.fetch(ADMINISTRATORS)}


def must_leave_an_administrator(administrators: set[UUID], *, without: UUID) -> None:
    """Raises LastAdministrator."""
    if not administrators - {without}:
        raise LastAdministrator()
