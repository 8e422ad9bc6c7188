"""Give somebody a seat who rang up or wrote, for who runs the session."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.people.actor import Actor
from incubator.people.telling import tell as record
from incubator.registrations.order import RegistrationOrder, judged
from incubator.registrations.placing import Placing
from incubator.registrations.register import place_after_lapsed
from incubator.registrations.states import State
from incubator.registrations.to_register import session_to_register
from incubator.registrations.views import RegistrationView


async def add_at_desk(
    tx: Tx, *, actor: Actor, session_id: UUID, name: str, email: str, now: datetime
) -> RegistrationView:
    """The registration, which nobody has to confirm; a job writes to the address, with the link that gives the seat
    back. Questions are not asked, and who goes first does not matter; there has to be a free seat.

    Raises NoSuchSession, NotYours, NameMissing, BadEmail, SessionFull, RegisteredAlready, RulesChanged and what the
    rules raise."""
    await session_to_run(tx, actor=actor, session_id=session_id)
    session = replace(await session_to_register(tx, session_id=session_id), questions=())
    order = RegistrationOrder(session_id=session_id, name=name, email=email, terms_accepted=True)
    wished = judged(actor=None, session=session, order=order, priority=True, now=now)
    made = replace(wished, state=State.REGISTERED, offered_until=None)
    placing = Placing(registration=made, session=session, answers={}, holder=None, now=now)
    view = await place_after_lapsed(tx, placing, session_id=session_id, now=now)
    await record(tx, actor, now, "add_at_desk", of=("registration", view.id), gmina_id=session.facts.gmina_id)
    return view
