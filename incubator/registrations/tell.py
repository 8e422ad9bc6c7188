"""Write to who registered, in the transaction that decided on it, with links that serve without an account."""

from datetime import datetime
from enum import StrEnum

from incubator.db.engine import Tx
from incubator.mail.invitation import Invitation
from incubator.mail.post import post
from incubator.registrations.invite import invitations_to
from incubator.registrations.queries import SEAL
from incubator.registrations.views import RegistrationView, TicketView
from incubator.registrations.where import title_of, where
from incubator.web.letters import letter, link
from incubator.web.links import seal


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    PLEASE_CONFIRM = "please_confirm"
    REGISTERED = "registered"
    REGISTERED_ALREADY = "registered_already"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    CALLED_OFF = "called_off"
    REMINDER = "reminder"
    TICKET = "ticket"
    SURVEY = "survey"
    CERTIFICATE = "certificate"
    NO_SEAT = "no_seat"
    MESSAGE = "message"


# Colleagues get their tickets, and no mail when something changes: their calendars would not be right for long.
TELLS_CALENDARS = frozenset({News.REGISTERED, News.CHANGED, News.CANCELLED, News.CALLED_OFF})


async def tell(tx: Tx, *, registration: RegistrationView, what: News, now: datetime, **more: object) -> None:
    """Post the mail to the one who registered; nothing where they are forgotten."""
    if registration.email:
        await write(
            tx, to=registration.email, name=registration.name, registration=registration, what=what, now=now, **more
        )


async def write(
    tx: Tx, *, to: str, name: str, registration: RegistrationView, what: News, now: datetime, **more: object
) -> None:
    """Post one mail of this kind to somebody."""
    told = letter(
        f"registrations/mail/{what}.txt",
        registration.locale,
        registration=registration,
        session=registration.session,
        name=name,
        title=title_of(registration.session, registration.locale),
        where=where(registration.session, registration.locale),
        link=link_to(registration),
        **more,
    )
    invitations: list[Invitation] = []
    if what in TELLS_CALENDARS:
        invitations = await invitations_to(tx, registration=registration, to=to, locale=registration.locale)
    await post(tx, to=to, subject=told.subject, text=told.text, invitations=invitations, now=now)


async def tell_tickets(tx: Tx, *, registration: RegistrationView, now: datetime) -> None:
    """Each colleague with an address of their own gets their ticket."""
    for ticket in registration.tickets:
        if ticket.email and ticket.email != registration.email:
            await write(
                tx,
                to=ticket.email,
                name=ticket.name,
                registration=registration,
                what=News.TICKET,
                now=now,
                ticket=ticket,
                ticket_link=link_to_ticket(ticket),
            )


def link_to(registration: RegistrationView) -> str:
    """Opens the registration for whoever got the mail."""
    return link(f"/registrations/{registration.id}/by/{seal(SEAL, registration.id)}")


def link_to_ticket(ticket: TicketView) -> str:
    return link(f"/tickets/{ticket.code}")
