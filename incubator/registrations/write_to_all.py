"""Write to everybody who is registered for a session, for who runs it: what to bring, where to park."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.saving import count_on, session_to_change
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.people.telling import tell as record
from incubator.registrations.listing import everybody_at
from incubator.registrations.states import State
from incubator.registrations.tell import News, link_to, link_to_ticket, write
from incubator.registrations.views import RegistrationView


class MessageEmpty(Invalid):
    code = "message_empty"
    sentence = N_("Please write what there is to tell.")


class NobodyToWriteTo(Conflict):
    code = "nobody_to_write_to"
    sentence = N_("Nobody who can be written to is on this list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is written; to those who wait, too, if `waiting`."""

    subject: str
    text: str
    waiting: bool = False


async def write_to_all(
    tx: Tx, *, actor: Actor, session_id: UUID, message: Message, seen: int | None = None, now: datetime
) -> int:
    """How many were written to: who registered, and colleagues with an address of their own. The text is in their
    mails alone. Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff, MessageEmpty, NobodyToWriteTo."""
    session = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    if not message.subject.strip() or not message.text.strip():
        raise MessageEmpty()
    states = (State.REGISTERED, State.OFFERED, State.WAITING) if message.waiting else (State.REGISTERED,)
    written = [
        await _write(tx, one, message, now) for one in await everybody_at(tx, session_id=session_id, states=states)
    ]
    if not sum(written):
        raise NobodyToWriteTo()
    await count_on(tx, session_id, now)  # sent twice by a slip it is refused
    of, after = ("session", session_id), {"mails": sum(written)}
    await record(tx, actor, now, "write_to_all", of=of, gmina_id=session.gmina_id, after=after)
    return sum(written)


async def _write(tx: Tx, one: RegistrationView, message: Message, now: datetime) -> int:
    said = {"subject": message.subject.strip(), "text": message.text.strip()}
    to = {one.email.lower(): (one.email, one.name, link_to(one))} if one.email else {}
    for ticket in one.tickets:
        if ticket.live and ticket.email:
            to.setdefault(ticket.email.lower(), (ticket.email, ticket.name, link_to_ticket(ticket)))
    for address, name, page in to.values():
        await write(tx, to=address, name=name, registration=one, what=News.MESSAGE, now=now, page=page, **said)
    return len(to)
