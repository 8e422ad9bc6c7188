"""Who comes to the sessions: registered with and without an account, waiting, offered, cancelled; at the past ones the
door, what people thought, and certificates."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import asyncpg

from incubator.db.engine import Tx
from incubator.demo.exchanges import Held
from incubator.demo.registration_texts import ANSWERS, COMMENTS, STRANGERS, WALK_INS, WISHES
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor, actor_by_account
from incubator.registrations.cancel import cancel
from incubator.registrations.certify import issue_session_certificates
from incubator.registrations.confirm import confirm
from incubator.registrations.door import DoorEvent, hand_in
from incubator.registrations.door_rules import Kind
from incubator.registrations.join_line import join_line
from incubator.registrations.listing import everybody_at
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.order import Guest, RegistrationOrder
from incubator.registrations.register import register
from incubator.registrations.register_by_mail import offer_seats
from incubator.registrations.states import State
from incubator.registrations.survey import AFTER, SEAL, SurveyAnswers, answer_session_survey, ask_surveys
from incubator.registrations.tell_changes import tell_changes
from incubator.registrations.to_register import session_to_register
from incubator.web.links import seal

SESSIONS = """
SELECT session.id, session.gmina_id, session.period, session.title_pl, session.created_by, session.presence_percent,
    session.opens_at, session.closes_at, session.published_at, session.priority_for, session.draws_seats, seats.capacity
FROM session JOIN session_seats AS seats ON seats.session_id = session.id
WHERE session.state = 'published' ORDER BY lower(session.period), session.title_pl
"""
PEOPLE = """
SELECT id FROM account
WHERE email LIKE '%@demo.invalid' AND erased_at IS NULL AND NOT EXISTS (SELECT FROM role_grant WHERE account_id = account.id)
ORDER BY email LIMIT 60
"""
STALLS = "SELECT id FROM session_stall WHERE session_id = $1 ORDER BY number"
ASKED = """
SELECT ticket_id FROM survey_asked JOIN ticket ON ticket.id = ticket_id WHERE session_id = $1 ORDER BY ticket_id
"""


# Organisations that may send somebody where seats are drawn from what a programme granted.
GRANTED = "SELECT organisation_id FROM credit WHERE kind = 'seats' AND organisation_id IS NOT NULL AND valid @> $1::timestamptz"


async def come_to_sessions(tx: Tx, held: list[Held], *, now: datetime) -> None:
    """To every session that was announced; more people to some than there are seats. In the session that is named
    for it, somebody gives a seat back, and the first of those who wait has an offer."""
    people = [found for row in await tx.fetch(PEOPLE) if (found := await actor_by_account(tx, account_id=row["id"]))]
    full = {one.id for one in held if one.name == "full"}
    for turn, session in enumerate(await tx.fetch(SESSIONS)):
        start, end = session["period"].lower, session["period"].upper
        first = max(filter(None, (session["published_at"], session["opens_at"])), default=now)
        until = min(now, session["closes_at"] or start, start)
        if first >= until:
            continue
        crowded = turn % 3 == 0 or session["id"] in full
        await _register(tx, session, await _welcome(tx, session, people), turn, first, until, crowded=crowded)
        if session["id"] in full:
            await _give_back(tx, session["id"], until - timedelta(minutes=50))
        await sessions_due(tx, now=until)
        await tell_changes(tx, now=until)
        if end <= now:
            await _take_place(tx, session, turn)


async def _welcome(tx: Tx, session: asyncpg.Record, people: list[Actor]) -> list[Actor]:
    """Those who may come first, and for whom: where seats are drawn, who was granted some, each for that company."""
    if session["draws_seats"]:
        granted = {row["organisation_id"] for row in await tx.fetch(GRANTED, session["period"].lower)}
        return [_of(one, granted) for one in people if granted & one.organisations.keys()]
    if session["priority_for"] == "gmina":
        return [one for one in people if one.gmina_id == session["gmina_id"]]
    return people


def _of(actor: Actor, granted: set[UUID]) -> Actor:
    """The person, with one of these organisations."""
    return replace(actor, organisations={key: one for key, one in actor.organisations.items() if key in granted})


async def _give_back(tx: Tx, session_id: UUID, at: datetime) -> None:
    """The last who registered cannot come."""
    everybody = await everybody_at(tx, session_id=session_id, states=(State.REGISTERED,))
    await cancel(tx, registration_id=max(everybody, key=lambda one: (one.created_at, one.id)).id, now=at)


async def _register(
    tx: Tx,
    session: asyncpg.Record,
    people: list[Actor],
    turn: int,
    first: datetime,
    until: datetime,
    *,
    crowded: bool,
) -> None:
    """Half of them with an account, some with a colleague; where it is full, they wait."""
    seats = session["capacity"] or 18
    step = (until - first) / (seats + 12)
    stalls = [row["id"] for row in await tx.fetch(STALLS, session["id"])]
    for number in range(seats + 4 if crowded else max(3, seats * 3 // 5)):
        at = first + step * number
        actor = people[(turn * 7 + number) % len(people)] if number % 2 == 0 else None
        stranger = STRANGERS[(turn * 5 + number) % len(STRANGERS)]
        order = await _order(tx, session["id"], actor, stranger, number, stalls)
        await _one(tx, actor, order, leaves=number % 9 in {3, 8}, confirms=number % 8 != 7, at=at)


async def _order(
    tx: Tx, session_id: UUID, actor: Actor | None, stranger: str, number: int, stalls: list[UUID]
) -> RegistrationOrder:
    rules = await session_to_register(tx, session_id=session_id)
    answers = {
        one.id: {"text": ANSWERS[number % len(ANSWERS)], "choice": str(number % max(1, len(one.choices_pl)))}.get(
            one.kind, "yes" if number % 2 else "no"
        )
        for one in rules.questions
    }
    with_colleague = actor is not None and number % 6 == 4 and rules.most_each > 1 and not stalls
    own = Guest(name=actor.name if actor else stranger)
    return RegistrationOrder(
        session_id=session_id,
        guests=(own, Guest(name=STRANGERS[-1 - number % 5])) if with_colleague else (),
        stall_id=stalls[number] if number < len(stalls) - 2 else None,
        answers=answers,
        organisation_id=next(iter(actor.organisations), None) if actor else None,
        name=stranger,
        email=address_of(stranger),
        terms_accepted=True,
    )


def address_of(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ąćęłńóśźż ", "acelnoszz."))
    return f"{plain}@demo.invalid"


async def _one(
    tx: Tx, actor: Actor | None, order: RegistrationOrder, *, leaves: bool, confirms: bool, at: datetime
) -> None:
    """Refused as in life: then they wait."""
    try:
        async with tx.transaction():
            made = (
                await register(tx, actor=actor, order=order, now=at)
                if actor
                else await offer_seats(tx, order=order, now=at)
            )
    except Refusal:
        with suppress(Refusal):
            async with tx.transaction():
                await join_line(tx, actor=actor, order=order, now=at)
        return
    with suppress(Refusal):
        if made.state == State.OFFERED and confirms:
            await confirm(tx, registration_id=made.id, now=at)
        if leaves:
            await cancel(tx, registration_id=made.id, now=at + timedelta(minutes=30))


async def _take_place(tx: Tx, session: asyncpg.Record, turn: int) -> None:
    """Most come, some without having registered; some answer what they thought; who may, gets a certificate."""
    actor = await actor_by_account(tx, account_id=session["created_by"])
    assert actor is not None
    start, end = session["period"].lower, session["period"].upper
    events: list[DoorEvent] = []
    number = 0
    for one in await everybody_at(tx, session_id=session["id"], states=(State.REGISTERED,)):
        for ticket in one.tickets:
            number += 1
            if number % 7 == 0:
                continue
            came, went = start + timedelta(minutes=number % 9), end - timedelta(minutes=number % 4)
            events.append(_event(ticket.id, Kind.IN, came, ticket_id=ticket.id))
            if number % 11:
                events.append(_event(ticket.id, Kind.OUT, went, ticket_id=ticket.id))
    name = WALK_INS[turn % len(WALK_INS)]
    events.append(_event(session["id"], Kind.WALK_IN, start + timedelta(minutes=12), name=name))
    await hand_in(tx, actor=actor, session_id=session["id"], events=events, now=end)
    await ask_surveys(tx, now=end + AFTER)
    for count, row in enumerate(await tx.fetch(ASKED, session["id"])):
        if count % 4 != 3:
            await _answer(tx, row["ticket_id"], count, end + AFTER)
    with suppress(Refusal):
        await issue_session_certificates(tx, actor=actor, session_id=session["id"], now=end + timedelta(days=1))


async def _answer(tx: Tx, ticket_id: UUID, count: int, at: datetime) -> None:
    answers = SurveyAnswers(
        rating=5 - count % 3 % 2 - (count % 9 == 8),
        usefulness=4 + count % 2,
        comment=COMMENTS[count] if count < len(COMMENTS) else "",
        wishes=WISHES[count] if count < len(WISHES) else "",
    )
    await answer_session_survey(tx, ticket_id=ticket_id, given=seal(SEAL, ticket_id), answers=answers, now=at)


def _event(of: UUID, kind: Kind, at: datetime, *, ticket_id: UUID | None = None, name: str = "") -> DoorEvent:
    return DoorEvent(id=uuid5(of, kind), kind=kind, at=at, ticket_id=ticket_id, name=name)
