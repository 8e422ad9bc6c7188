"""Give somebody the role of a mentor, with an account where they have none yet."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.addressee import Addressee
from incubator.people.guards import must_coordinate

JOIN = """
INSERT INTO account (email, name, locale, created_at, version) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (email) DO NOTHING RETURNING id
"""
# Locked: who is being erased becomes no mentor.
KNOWN = "SELECT id, email, name, locale FROM account WHERE email = $1 FOR KEY SHARE"
GRANT = """
INSERT INTO role_grant (account_id, role, gmina_id, granted_by, granted_at) VALUES ($1, 'mentor', NULL, $2, $3)
ON CONFLICT DO NOTHING RETURNING id
"""


async def appoint_mentor(
    tx: Tx, *, actor: Actor, gmina_id: UUID, email: str, name: str, now: datetime
) -> tuple[UUID, Addressee]:
    """For the coordinator of `gmina_id`: the account of `email`, made as signing in by a link would, and
    whom to write to. Who is a mentor already stays one. Raises NotYours, BadEmail, NameMissing."""
    must_coordinate(actor, gmina_id)
    address, called = rules.email_address(email), rules.name(name)
    made: UUID | None = await tx.fetchval(JOIN, address, called, "pl", now)
    if made is not None:
        await record(tx, now=now, actor_id=actor.account_id, verb="join", subject_kind="account", subject_id=made)
    row = await tx.fetchrow(KNOWN, address)
    assert row is not None
    await give_mentor_role(tx, actor=actor, account_id=row["id"], gmina_id=gmina_id, now=now)
    return row["id"], Addressee(row["email"], row["name"], row["locale"])


async def give_mentor_role(tx: Tx, *, actor: Actor, account_id: UUID, gmina_id: UUID, now: datetime) -> None:
    """The role alone, to an account that is there. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    if await tx.fetchval(GRANT, account_id, actor.account_id, now) is None:
        return
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="grant_role",
        subject_kind="account",
        subject_id=account_id,
        gmina_id=gmina_id,
        after={"role": "mentor"},
    )
