"""Invite an address into an organisation, by mail. Asking again renews the link."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, Tx, transaction
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import digest, new_secret
from incubator.mail.post import post
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.attempts import INVITATIONS_BY_ACCOUNT, INVITATIONS_TO_ADDRESS, count_attempts
from incubator.people.change_member import must_be_role
from incubator.people.invitations import invitation_by_secret
from incubator.people.standing import lock_as_owner
from incubator.people.views import InvitationView
from incubator.web.letters import letter

INVITATION_LIVES = timedelta(days=14)


class AlreadyMember(Conflict):
    code = "already_member"
    sentence = N_("This person belongs to the organisation already.")


INVITE = """
INSERT INTO invitation (organisation_id, email, role, token_hash, invited_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organisation_id, email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL
DO UPDATE SET role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
    created_at = excluded.created_at, expires_at = excluded.expires_at
RETURNING id
"""
MEMBER = """
SELECT EXISTS (
    SELECT FROM membership JOIN account ON account.id = account_id WHERE organisation_id = $1 AND email = $2
)
"""


async def invite_member(
    tx: Tx, *, actor: Actor, organisation_id: UUID, email: str, role: str, address: str, now: datetime
) -> InvitationView:
    """An open invitation, mailed, for 14 days. For owners. `address` is the house's public one.

    Raises BadEmail, UnknownMemberRole, NoSuchOrganisation, NotYours, AlreadyMember.
    """
    email, secret = rules.email_address(email), new_secret()
    must_be_role(role)
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    if await tx.fetchval(MEMBER, organisation_id, email):
        raise AlreadyMember()
    key: UUID = await tx.fetchval(
        INVITE, organisation_id, email, role, digest(secret), actor.account_id, now, now + INVITATION_LIVES
    )
    made = await invitation_by_secret(tx, secret=secret, now=now)
    await _tell(tx, invitation=made, actor=actor, link=f"{address}/invitations/{secret}", now=now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="invite",
        subject_kind="organisation",
        subject_id=organisation_id,
        after={"invitation_id": key, "role": role},
    )
    return made


async def count_invitation(db: Database, *, actor: Actor, email: str, now: datetime) -> None:
    """Count one invitation before it is made: our mails are no way to pester people. Raises BadEmail,
    TooOften."""
    async with transaction(db) as tx:
        await count_attempts(
            tx,
            (INVITATIONS_BY_ACCOUNT, str(actor.account_id)),
            (INVITATIONS_TO_ADDRESS, rules.email_address(email)),
            now=now,
        )


async def _tell(tx: Tx, *, invitation: InvitationView, actor: Actor, link: str, now: datetime) -> None:
    chosen = await tx.fetchval("SELECT locale FROM account WHERE email = $1", invitation.email)
    told = letter("people/invitation_letter.txt", chosen or actor.locale, invitation=invitation, link=link)
    await post(tx, to=invitation.email, subject=told.subject, text=told.text, now=now)
