"""Take the seats that are offered: who waited, and who came by mail address alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone
from incubator.registrations.queries import locked_registration
from incubator.registrations.settle import RegistrationOver, settle
from incubator.registrations.stalls import choose, give_wished
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView

# Who waited was told of the line, not yet of the seat; with that mail go the tickets of colleagues.
UNTOLD = "UPDATE registration SET told = -1 WHERE id = $1"


class OfferLapsed(Gone):
    """The offer was not taken in time."""

    code = "seat_offer_lapsed"
    sentence = N_("This offer is over. You can register again, or join the waiting list, while registration is open.")


async def confirm(
    tx: Tx, *, registration_id: UUID, stalls: Sequence[UUID | None] = (), actor_id: UUID | None = None, now: datetime
) -> RegistrationView:
    """The registration, registered; once more is fine. `stalls` are for its tickets, in order, None for one who
    stands nowhere; without them, what was kept along with the offer stays. Whoever asks has the link or is the person.
    Raises NoSuchRegistration, OfferLapsed, RegistrationOver, NoSuchStall, StallTaken, and where the seats are aid what
    `settle` raises."""
    found = await locked_registration(tx, registration_id=registration_id)
    if found.state == State.REGISTERED:
        return found
    if found.state == State.LAPSED or (found.offered_until is not None and found.offered_until <= now):
        raise OfferLapsed()
    if found.state != State.OFFERED:
        raise RegistrationOver()
    if stalls:
        await choose(tx, found, stalls)
    view = await settle(
        tx, registration=found, to=State.REGISTERED, verb="confirm", actor_id=actor_id or found.account_id, now=now
    )
    await tx.execute(UNTOLD, found.id)
    if stalls:  # what was kept and is not wanted goes to the next
        await give_wished(tx, session_id=found.session_id)
    return replace(view, told=-1)
