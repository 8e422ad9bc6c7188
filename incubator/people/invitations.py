"""Reading invitations: an organisation's own, a person's own, and the one that a link opens."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone, NotFound
from incubator.kernel.ids import digest
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.queries import organisation_for
from incubator.people.views import InvitationView


class NoSuchInvitation(NotFound):
    """None, or to somebody else."""

    code = "no_such_invitation"
    sentence = N_("There is no such invitation, or it is not yours.")


class InvitationOver(Gone):
    """Accepted, declined, withdrawn or too old."""

    code = "invitation_over"
    sentence = N_("This invitation is no longer open. Ask for a new one.")


OPEN = """
SELECT invitation.id, invitation.organisation_id, organisation.name AS organisation_name, invitation.email,
    invitation.role, inviter.name AS invited_by, invitation.created_at, invitation.expires_at
FROM invitation
JOIN organisation ON organisation.id = invitation.organisation_id AND organisation.closed_at IS NULL
JOIN account AS inviter ON inviter.id = invitation.invited_by
WHERE invitation.accepted_at IS NULL AND invitation.withdrawn_at IS NULL AND invitation.expires_at > $1
"""


async def invitations_for(
    tx: Tx, *, actor: Actor, organisation_id: UUID, now: datetime, after: UUID | None = None, limit: int = 100
) -> list[InvitationView]:
    """The open invitations of an organisation, for its members. Raises NoSuchOrganisation, NotYours."""
    organisation = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    if organisation.my_role is None and not actor.is_administrator:
        raise NotYours()
    rows = await tx.fetch(
        f"{OPEN} AND invitation.organisation_id = $2 AND ($3::uuid IS NULL OR invitation.id > $3)"
        " ORDER BY invitation.id LIMIT $4",
        now,
        organisation_id,
        after,
        limit,
    )
    return [InvitationView(**row) for row in rows]


async def invitations_to(tx: Tx, *, actor: Actor, now: datetime) -> list[InvitationView]:
    """The open invitations to the asker's own address, oldest first."""
    rows = await tx.fetch(
        f"{OPEN} AND invitation.email = (SELECT email FROM account WHERE id = $2) ORDER BY invitation.id LIMIT 100",
        now,
        actor.account_id,
    )
    return [InvitationView(**row) for row in rows]


async def invitation_by_secret(tx: Tx, *, secret: str, now: datetime) -> InvitationView:
    """The invitation that a mailed link opens, for whoever holds it. Raises InvitationOver."""
    row = await tx.fetchrow(f"{OPEN} AND invitation.token_hash = $2", now, digest(secret))
    if row is None:
        raise InvitationOver()
    return InvitationView(**row)
