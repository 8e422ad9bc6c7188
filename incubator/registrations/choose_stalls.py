"""Stand at another stall, at one after all, or at none: the one that is left is free for others."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.registrations.cancel import SessionBegun
from incubator.registrations.queries import locked_registration, registration_by_id
from incubator.registrations.settle import RegistrationOver, note
from incubator.registrations.stalls import choose, give_wished
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView


async def choose_stalls(
    tx: Tx, *, registration_id: UUID, stalls: Sequence[UUID | None], actor_id: UUID | None = None, now: datetime
) -> RegistrationView:
    """For its tickets, in order; None for one who stands nowhere. Whoever asks has the link or is the person. Raises
    NoSuchRegistration, RegistrationOver, SessionBegun, NoSuchStall, StallTaken."""
    found = await locked_registration(tx, registration_id=registration_id)
    if found.state != State.REGISTERED:
        raise RegistrationOver()
    if now >= found.session.period.start:
        raise SessionBegun()
    await choose(tx, found, stalls)
    by = actor_id or found.account_id
    await note(tx, registration=found, verb="choose_stalls", to=found.state, actor_id=by, now=now)
    await give_wished(tx, session_id=found.session_id)
    return await registration_by_id(tx, registration_id=found.id)
