"""Wait for seats of a session that is full, with an account or by mail address alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.bookings.place import StandingChanged
from incubator.db.engine import Tx
from incubator.exchanges.seats import seats_of
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import STANDS, Actor
from incubator.registrations.order import RegistrationOrder, judged
from incubator.registrations.place import RegisteredAlready
from incubator.registrations.queries import registration_by_id
from incubator.registrations.register import goes_first
from incubator.registrations.rules import NoSuchStall
from incubator.registrations.settle import note
from incubator.registrations.states import State
from incubator.registrations.tell import News, tell
from incubator.registrations.to_register import SessionToRegister, session_to_register
from incubator.registrations.views import RegistrationView, TicketView


@dataclass(eq=False)
class SeatsFree(Conflict):
    """Nothing to wait for."""

    code = "seats_free"
    sentence = N_("There are free seats: you can register now.")


EMAIL = f"""
SELECT email FROM account WHERE id = $1 AND {STANDS.format(standing="$2", key="$3", now="$4")} FOR KEY SHARE
"""
JOIN = """
INSERT INTO registration (id, session_id, account_id, organisation_id, name, email, locale, gmina_id, state, seats,
    priority, told, terms_accepted_at, created_at, changed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $11, $12, $12, $12, 1)
"""
TICKET = """
INSERT INTO ticket (id, registration_id, session_id, name, email, live, code, stall_wish, wished_stall_id, evidence)
VALUES ($1, $2, $3, $4, $5, false, $6, $7, $8, '')
"""
# A question that goes away in this moment needs no answer any more.
ANSWER = """
INSERT INTO registration_answer (registration_id, question_id, value)
SELECT $1, id, $3 FROM session_question WHERE id = $2 FOR KEY SHARE
"""
AHEAD = """
SELECT EXISTS (
    SELECT FROM registration WHERE session_id = $1 AND state = 'waiting' AND ($2::int IS NULL OR seats <= $2)
)
"""


async def join_line(tx: Tx, *, actor: Actor | None, order: RegistrationOrder, now: datetime) -> RegistrationView:
    """The registration, waiting, perhaps with stalls that its tickets would like. When seats become free, they are
    offered to the first in line by mail.

    Raises SeatsFree, RegisteredAlready, StandingChanged, NoSuchSession and what the rules raise; then the transaction
    has to be rolled back."""
    session = await session_to_register(tx, session_id=order.session_id)
    priority = await goes_first(tx, actor, session)
    made = judged(actor=actor, session=session, order=order, priority=priority, waiting=True, now=now)
    if actor is not None:
        made = replace(made, email=await _address(tx, actor, now))
    await _must_be_full(tx, made)
    await _keep(tx, replace(made, state=State.WAITING), session, order.answers, now)
    await note(tx, registration=made, verb="join_line", to=State.WAITING, actor_id=made.account_id, now=now)
    view = await registration_by_id(tx, registration_id=made.id)
    await tell(tx, registration=view, what=News.WAITING, now=now)
    return view


async def _address(tx: Tx, actor: Actor, now: datetime) -> str:
    found: str | None = await tx.fetchval(EMAIL, actor.account_id, actor.standing, actor.token_hash, now)
    if found is None:
        raise StandingChanged()
    return found


async def _must_be_full(tx: Tx, made: RegistrationView) -> None:
    """Raises SeatsFree where registering would do; whoever gives seats back waits until this is committed."""
    seats = await seats_of(tx, session_id=made.session_id, lock=True)
    if (seats.free is None or seats.free >= made.seats) and not await tx.fetchval(AHEAD, made.session_id, seats.free):
        raise SeatsFree()


async def _keep(
    tx: Tx, made: RegistrationView, session: SessionToRegister, answers: Mapping[UUID, str], now: datetime
) -> None:
    who = (made.account_id, made.organisation_id, made.name, made.email, made.locale, made.gmina_id)
    try:
        await tx.execute(JOIN, made.id, made.session_id, *who, made.seats, made.priority, session.facts.sequence, now)
    except asyncpg.UniqueViolationError as error:
        raise RegisteredAlready() if error.constraint_name == "registration_once" else error from None
    for ticket in made.tickets:
        await _keep_ticket(tx, made, ticket)
    for question in session.questions:
        if answers.get(question.id):
            await tx.execute(ANSWER, made.id, question.id, answers[question.id])


async def _keep_ticket(tx: Tx, made: RegistrationView, ticket: TicketView) -> None:
    who, wish = (ticket.name, ticket.email, ticket.code), (ticket.stall_wish, ticket.wished_stall_id)
    try:
        await tx.execute(TICKET, ticket.id, made.id, made.session_id, *who, *wish)
    except asyncpg.ForeignKeyViolationError:  # the stall went away in this moment
        raise NoSuchStall() from None
