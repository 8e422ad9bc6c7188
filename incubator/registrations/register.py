"""Register for a session, as somebody who is signed in."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from incubator.bookings.place import RulesChanged
from incubator.db.engine import Tx
from incubator.kernel.errors import Forbidden, Gone, Invalid, NotFound
from incubator.people.actor import Actor
from incubator.registrations.offer_next import seats_due
from incubator.registrations.order import RegistrationOrder, judged, of_gmina
from incubator.registrations.place import SessionFull, place
from incubator.registrations.placing import Placing
from incubator.registrations.rules import NotOpenYet, RegistrationClosed
from incubator.registrations.to_register import SessionToRegister, kept_session, session_to_register
from incubator.registrations.views import RegistrationView

TURNS = 3
TAKES_PART = """
SELECT EXISTS (
    SELECT FROM participation WHERE edition_id = $1 AND state IN ('admitted', 'active', 'graduated')
        AND (account_id = $2 AND organisation_id IS NULL OR organisation_id = ANY($3::uuid[]))
)
"""


async def register(tx: Tx, *, actor: Actor, order: RegistrationOrder, now: datetime) -> RegistrationView:
    """The registration, with its tickets. A job (`tell_changes`) writes to who registered. `tx` may be a bare
    connection.

    Raises SessionFull, RegisteredAlready, StallTaken, NoSeatCredit, StandingChanged, RulesChanged, NoSuchSession,
    NotOfOrganisation and what the rules raise."""
    kept = kept_session(session_id=order.session_id)
    if kept is not None and kept.priority_for != "edition":
        # By rules read before: the statement knows whether they stand; a refusal is judged again by today's.
        with suppress(Invalid, Forbidden, NotFound, Gone, NotOpenYet, RegistrationClosed, RulesChanged):
            return await _registered(tx, actor, kept, order, None, now)
    for _turn in range(TURNS):
        # Changed between the look and the statement: what it says now decides.
        with suppress(RulesChanged):
            session = await session_to_register(tx, session_id=order.session_id)
            return await _registered(tx, actor, session, order, await goes_first(tx, actor, session), now)
    raise RulesChanged()


async def goes_first(tx: Tx, actor: Actor | None, session: SessionToRegister) -> bool:
    """Whether who asks is one of those whom the session gives priority."""
    if actor is None or session.priority_for != "edition":
        return of_gmina(actor, session)
    return bool(await tx.fetchval(TAKES_PART, session.priority_edition_id, actor.account_id, list(actor.organisations)))


async def _registered(
    tx: Tx,
    actor: Actor,
    session: SessionToRegister,
    order: RegistrationOrder,
    priority: bool | None,
    now: datetime,
) -> RegistrationView:
    made = judged(actor=actor, session=session, order=order, priority=priority, now=now)
    placing = Placing(registration=made, session=session, answers=order.answers, holder=actor, now=now)
    return await place_after_lapsed(tx, placing, session_id=session.id, now=now)


async def place_after_lapsed(tx: Tx, placing: Placing, *, session_id: UUID, now: datetime) -> RegistrationView:
    """As `place`; where the session is full, offers that nobody took in time are given on first. Those who wait get
    them before who comes now."""
    try:
        return await place(tx, placing)
    except SessionFull:
        async with tx.transaction():
            if not await seats_due(tx, session_id=session_id, now=now):
                raise
    return await place(tx, placing)
