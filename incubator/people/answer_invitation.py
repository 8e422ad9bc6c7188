"""Accept or decline an invitation to one's own address."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.people.actor import Actor
from incubator.people.invitations import InvitationOver, NoSuchInvitation
from incubator.people.standing import lock_organisation, must_be_here

MINE = """
SELECT organisation_id FROM invitation
WHERE id = $1 AND email = (SELECT email FROM account WHERE account.id = $2)
"""
STILL_OPEN = "id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2"
ACCEPT = f"UPDATE invitation SET accepted_at = $2 WHERE {STILL_OPEN} RETURNING role"
DECLINE = f"UPDATE invitation SET withdrawn_at = $2 WHERE {STILL_OPEN} RETURNING role"
JOIN = """
INSERT INTO membership (organisation_id, account_id, role, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""


async def accept_invitation(tx: Tx, *, actor: Actor, invitation_id: UUID, now: datetime) -> UUID:
    """Join; returns the organisation. Raises NoSuchInvitation, NoSuchOrganisation, InvitationOver."""
    organisation_id, role = await _answer(tx, ACCEPT, actor=actor, invitation_id=invitation_id, now=now)
    await tx.execute(JOIN, organisation_id, actor.account_id, role, now)
    after = {"account_id": actor.account_id, "role": role}
    await _record(tx, "accept_invitation", actor=actor, organisation_id=organisation_id, now=now, after=after)
    await bump(tx, [organisation_id, actor.account_id])
    return organisation_id


async def decline_invitation(tx: Tx, *, actor: Actor, invitation_id: UUID, now: datetime) -> None:
    """Say no. Raises NoSuchInvitation, NoSuchOrganisation, InvitationOver."""
    organisation_id, _ = await _answer(tx, DECLINE, actor=actor, invitation_id=invitation_id, now=now)
    after = {"invitation_id": invitation_id}
    await _record(tx, "decline_invitation", actor=actor, organisation_id=organisation_id, now=now, after=after)


async def _answer(tx: Tx, how: str, *, actor: Actor, invitation_id: UUID, now: datetime) -> tuple[UUID, str]:
    await must_be_here(tx, account_id=actor.account_id)
    organisation_id: UUID | None = await tx.fetchval(MINE, invitation_id, actor.account_id)
    if organisation_id is None:
        raise NoSuchInvitation()
    await lock_organisation(tx, organisation_id=organisation_id)
    role: str | None = await tx.fetchval(how, invitation_id, now)
    if role is None:
        raise InvitationOver()
    return organisation_id, role


async def _record(
    tx: Tx, verb: str, *, actor: Actor, organisation_id: UUID, now: datetime, after: Mapping[str, object]
) -> None:
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="organisation",
        subject_id=organisation_id,
        after=after,
    )
