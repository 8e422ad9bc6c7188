"""What somebody asks for when they register, and the registration that it would make."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.rules import BadEmail, email_address
from incubator.people.rules import name as person_name
from incubator.registrations.rules import PATIENCE, Wish, check, offered_until
from incubator.registrations.states import StallWish, State
from incubator.registrations.to_register import SessionToRegister
from incubator.registrations.views import RegistrationView, TicketView


class NotOfOrganisation(Invalid):
    """One registers for organisations that one belongs to."""

    code = "not_of_organisation"
    sentence = N_("You can register for an organisation only while you belong to it.")


@dataclass(eq=False)
class BadColleagueEmail(Invalid):
    """The address of somebody who is registered along."""

    code = "bad_colleague_email"
    sentence = N_("The e-mail address of {name} is not one that we can write to.")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who a seat is for; with an address of their own they get their ticket there. A stall is taken along with the
    seat; who waits wishes for `stall_id`, for one like it, or for any."""

    name: str
    email: str = ""
    stall_id: UUID | None = None
    stall: StallWish = StallWish.THIS

    @property
    def wish(self) -> StallWish:
        return self.stall if self.stall_id is not None or self.stall == StallWish.ANY else StallWish.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOrder:
    """Seats for `guests`, or for who asks where none is named. `name`, `email` and `gmina_id` are of somebody
    without an account."""

    session_id: UUID
    guests: tuple[Guest, ...] = ()
    stall_id: UUID | None = None
    stall: StallWish = StallWish.THIS
    answers: Mapping[UUID, str] = field(default_factory=dict)
    organisation_id: UUID | None = None
    name: str = ""
    email: str = ""
    gmina_id: UUID | None = None
    locale: str = "pl"
    terms_accepted: bool = False


def judged(
    *,
    actor: Actor | None,
    session: SessionToRegister,
    order: RegistrationOrder,
    priority: bool | None = None,
    waiting: bool = False,
    now: datetime,
) -> RegistrationView:
    """The registration as it would be put down, or stand in line. `priority` is given where it had to be looked up.
    Raises NotOfOrganisation, BadEmail, NameMissing and what the rules raise."""
    if order.organisation_id is not None and (actor is None or order.organisation_id not in actor.organisations):
        raise NotOfOrganisation()
    name = actor.name if actor is not None else person_name(order.name)
    guests = _guests(order, name)
    first = of_gmina(actor, session) if priority is None else priority
    wish = Wish(
        seats=len(guests),
        stalls=_stalls(guests, StallWish.THIS),
        alike=_stalls(guests, StallWish.LIKE),
        any_stall=any(guest.wish == StallWish.ANY for guest in guests),
        waiting=waiting,
        answers=order.answers,
        priority=first,
        signed_in=actor is not None,
        terms_accepted=order.terms_accepted,
        now=now,
    )
    check(wish, session, state=session.facts.state)
    return _registration(actor, session, order, guests, name, first, waiting, now)


def of_gmina(actor: Actor | None, session: SessionToRegister) -> bool:
    """Whether who asks goes first as one of the session's gmina; who takes part in an edition is looked up."""
    if session.priority_for != "gmina" or actor is None or session.facts.gmina_id is None:
        return False
    own = {organisation.gmina_id for organisation in actor.organisations.values()}
    return session.facts.gmina_id in {actor.gmina_id, *own}


def new_code() -> str:
    """128 random bits, as a QR code holds them and a scanner types them."""
    return secrets.token_hex(16)


def _guests(order: RegistrationOrder, name: str) -> tuple[Guest, ...]:
    if not order.guests:
        return (Guest(name=name, stall_id=order.stall_id, stall=order.stall),)
    return tuple(
        Guest(
            name=person_name(guest.name),
            email=_address(guest),
            stall_id=guest.stall_id,
            stall=guest.stall,
        )
        for guest in order.guests
    )


def _address(guest: Guest) -> str:
    if not guest.email.strip():
        return ""
    try:
        return email_address(guest.email)
    except BadEmail:
        raise BadColleagueEmail(guest.name.strip()) from None


def _stalls(guests: tuple[Guest, ...], wish: StallWish) -> tuple[UUID, ...]:
    return tuple(guest.stall_id for guest in guests if guest.stall_id is not None and guest.stall == wish)


def _registration(
    actor: Actor | None,
    session: SessionToRegister,
    order: RegistrationOrder,
    guests: tuple[Guest, ...],
    name: str,
    priority: bool,
    waiting: bool,
    now: datetime,
) -> RegistrationView:
    key, alone = uuid7(), actor is None
    # Tickets are shown in the order of their keys; those of one millisecond have none of their own.
    keys = sorted(uuid7() for _ in guests)
    owned = actor.organisations.get(order.organisation_id) if actor and order.organisation_id else None
    return RegistrationView(
        id=key,
        session=session.facts,
        account_id=None if actor is None else actor.account_id,
        organisation_id=order.organisation_id,
        organisation_name=owned.name if owned else None,
        name=name,
        email=email_address(order.email) if alone else "",
        locale=order.locale if actor is None else actor.locale,
        gmina_id=order.gmina_id if actor is None else actor.gmina_id,
        state=State.OFFERED if alone else State.REGISTERED,
        seats=len(guests),
        priority=priority,
        offered_until=offered_until(session, patience=PATIENCE, now=now) if alone else None,
        told=-1,
        created_at=now,
        tickets=tuple(
            TicketView(
                id=ticket_id,
                registration_id=key,
                name=guest.name,
                email=guest.email,
                stall_id=None if waiting else guest.stall_id,
                stall_wish=guest.wish if waiting else StallWish.NONE,
                wished_stall_id=guest.stall_id if waiting and guest.wish != StallWish.ANY else None,
                code=new_code(),
            )
            for ticket_id, guest in zip(keys, guests, strict=True)
        ),
    )
