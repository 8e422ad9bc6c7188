"""What somebody signed in does with their own registrations, and who runs a session with one of its."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.people.actor import Actor
from incubator.registrations.cancel import cancel
from incubator.registrations.choose_stalls import choose_stalls
from incubator.registrations.confirm import confirm
from incubator.registrations.queries import NoSuchRegistration, registration_by_id, registration_for
from incubator.registrations.views import RegistrationView


async def confirm_own(
    tx: Tx, *, actor: Actor, registration_id: UUID, stalls: Sequence[UUID | None] = (), now: datetime
) -> RegistrationView:
    """Take what is offered. Raises NoSuchRegistration and what `confirm` raises."""
    await registration_for(tx, actor=actor, registration_id=registration_id)
    return await confirm(tx, registration_id=registration_id, stalls=stalls, actor_id=actor.account_id, now=now)


async def choose_own_stalls(
    tx: Tx, *, actor: Actor, registration_id: UUID, stalls: Sequence[UUID | None], now: datetime
) -> RegistrationView:
    """Stand elsewhere. Raises NoSuchRegistration and what `choose_stalls` raises."""
    await registration_for(tx, actor=actor, registration_id=registration_id)
    by = actor.account_id
    return await choose_stalls(tx, registration_id=registration_id, stalls=stalls, actor_id=by, now=now)


async def cancel_own(tx: Tx, *, actor: Actor, registration_id: UUID, now: datetime) -> RegistrationView:
    """Leave. Raises NoSuchRegistration and what `cancel` raises."""
    await registration_for(tx, actor=actor, registration_id=registration_id)
    return await cancel(tx, registration_id=registration_id, actor_id=actor.account_id, now=now)


async def take_off(
    tx: Tx, *, actor: Actor, session_id: UUID, registration_id: UUID, reason: str = "", now: datetime
) -> RegistrationView:
    """For who runs the session, when somebody rings up to say that they cannot come: their seats go on to the next.
    They are written to, with the reason. Raises NoSuchSession, NotYours, NoSuchRegistration and what `cancel`
    raises."""
    await session_to_run(tx, actor=actor, session_id=session_id)
    if (await registration_by_id(tx, registration_id=registration_id)).session_id != session_id:
        raise NoSuchRegistration()
    by = actor.account_id
    return await cancel(tx, registration_id=registration_id, actor_id=by, taken_off=reason.strip(), now=now)
