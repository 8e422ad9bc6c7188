"""Put a mail in the post, in the transaction that decided on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.mail.invitation import Invitation, Method, written

JOB = "send_mail"
POST = """
INSERT INTO mail (recipient, subject, text, state, tries, error, created_at, invitations)
VALUES ($1, $2, $3, 'waiting', 0, '', $4, $5) RETURNING id
"""
INVITED = """
INSERT INTO invited (recipient, uid, until, sequence) VALUES ($1, $2, $3, $4)
ON CONFLICT (recipient, uid) DO UPDATE SET until = excluded.until, sequence = excluded.sequence,
    answer = CASE WHEN excluded.sequence = invited.sequence THEN invited.answer ELSE '' END
"""
HAS_ANY = "SELECT EXISTS (SELECT FROM invited WHERE recipient = $1 AND uid = ANY($2::text[]))"
UNINVITED = "DELETE FROM invited WHERE recipient = $1 AND uid = $2"


async def post(
    tx: Tx, *, to: str, subject: str, text: str, now: datetime, invitations: Sequence[Invitation] = ()
) -> UUID:
    """Keep a mail for the worker to send; rolled back with the rest if the rest is. Most calendars look at the first
    of several `invitations` alone: the others are for whoever opens them."""
    key: UUID = await tx.fetchval(POST, to, subject, text, now, [written(each, now=now) for each in invitations])
    for each in invitations:
        await _keep(tx, to, each)
    await enqueue(tx, job=JOB, subject_id=key)
    return key


async def _keep(tx: Tx, to: str, invitation: Invitation) -> None:
    """Who has what in their calendar because of us. What has changed was not answered yet."""
    if invitation.method == Method.REQUEST:
        await tx.execute(INVITED, to, invitation.uid, invitation.until, invitation.happenings[0].sequence)
    else:
        await tx.execute(UNINVITED, to, invitation.uid)


async def is_invited(tx: Tx, *, to: str, uid: str) -> bool:
    """Whether a mail of ours has put this into their calendar, and none has taken it out since."""
    return await is_invited_to_any(tx, to=to, uids=[uid])


async def is_invited_to_any(tx: Tx, *, to: str, uids: Sequence[str]) -> bool:
    return bool(await tx.fetchval(HAS_ANY, to, uids))
