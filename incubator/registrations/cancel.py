"""Leave: give the seats back, or one's place in the line."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.registrations.offer_next import offer_next
from incubator.registrations.queries import locked_registration
from incubator.registrations.settle import settle
from incubator.registrations.states import State
from incubator.registrations.tell import News, tell
from incubator.registrations.views import RegistrationView


class SessionBegun(Conflict):
    """One can leave until the session begins."""

    code = "session_begun"
    sentence = N_("The session has begun, so this registration stays as it is.")


async def cancel(
    tx: Tx,
    *,
    registration_id: UUID,
    actor_id: UUID | None = None,
    silently: bool = False,
    taken_off: str | None = None,
    now: datetime,
) -> RegistrationView:
    """The registration, cancelled; the next in line is offered its seats in this transaction. Whoever asks has the
    link, is the person, or runs the session: then `taken_off` is why, as the mail says it, or empty. Raises NoSuchRegistration, SessionBegun, RegistrationOver."""
    found = await locked_registration(tx, registration_id=registration_id)
    if found.state == State.CANCELLED:
        return found
    if now >= found.session.period.start and not silently:
        raise SessionBegun()
    view = await settle(
        tx, registration=found, to=State.CANCELLED, verb="cancel", actor_id=actor_id or found.account_id, now=now
    )
    if not silently:
        await tell(tx, registration=view, what=News.CANCELLED, now=now, taken_off=taken_off)
    await offer_next(tx, session_id=found.session_id, now=now)
    return view
