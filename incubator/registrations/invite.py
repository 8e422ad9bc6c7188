"""A session as the calendar of who registered takes it in from a mail (docs/decisions/0023)."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.kernel.uids import uid_of_session
from incubator.mail.invitation import Happening, Invitation, Method, sequence_at
from incubator.mail.post import is_invited
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView
from incubator.registrations.where import title_of, where
from incubator.web.letters import link

INVITES = """
SELECT NOT EXISTS (SELECT FROM notice_choice WHERE account_id = $1 AND about = 'sessions' AND NOT invitations)
"""


async def invitations_to(
    tx: Tx, *, registration: RegistrationView, to: str, locale: str, now: datetime
) -> list[Invitation]:
    """What the calendar of somebody with a seat is told: that it takes place, or no longer for them where it was told
    so before. Nothing of how to join online: that comes by mail a day before, and on the page of who registered."""
    session = registration.session
    there = registration.state == State.REGISTERED and session.state == "published"
    if not there and not await is_invited(tx, to=to, uid=uid_of_session(session.id)):
        return []
    if registration.account_id is not None and not await tx.fetchval(INVITES, registration.account_id):
        return []
    told = Happening(
        uid=uid_of_session(session.id),
        period=session.period,
        summary=title_of(session, locale),
        changed_at=now,
        # Who gives a seat back and takes one again is told anew of a session that has not changed.
        sequence=sequence_at(now),
        location=where(session, locale),
        url=link(f"/exchange/{session.id}"),
    )
    return [Invitation(method=Method.REQUEST if there else Method.CANCEL, happenings=[told])]
