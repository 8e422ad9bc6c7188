"""Give a seat back because the calendar of who registered answered by mail that they cannot come."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.registrations.cancel import cancel
from incubator.registrations.queries import NoSuchRegistration, registration_by_id
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView

SEATED = """
SELECT id FROM registration WHERE session_id = $1 AND lower(email) = lower($2) ORDER BY state = $3 DESC, id DESC LIMIT 1
"""


class SeatsForOthers(Conflict):
    """One who cannot come does not speak for those whom they registered with them."""

    code = "seats_for_others"
    sentence = N_("You registered others as well, and they may still come. So all seats stay yours.")


async def cannot_come(tx: Tx, *, session_id: UUID, email: str, now: datetime) -> None:
    """The seat is given back, as if its holder had done it. Raises SeatsForOthers, and what `cancel` does."""
    registration = await registration_of_reader(tx, session_id=session_id, email=email)
    if registration.seats > 1:
        raise SeatsForOthers()
    await cancel(tx, registration_id=registration.id, now=now)


async def registration_of_reader(tx: Tx, *, session_id: UUID, email: str) -> RegistrationView:
    """What the one with this address has at a session, and what stands before what does not. Raises
    NoSuchRegistration."""
    key = await tx.fetchval(SEATED, session_id, email, State.REGISTERED)
    if key is None:
        raise NoSuchRegistration()
    return await registration_by_id(tx, registration_id=key)
