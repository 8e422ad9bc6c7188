"""JSON of registrations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta

from incubator.registrations.correct_attendance import Evidence
from incubator.registrations.listing import Listed
from incubator.registrations.order import Guest, RegistrationOrder
from incubator.registrations.states import StallWish, State
from incubator.registrations.views import RegistrationView, TicketView
from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs

Limit = Annotated[int, QueryParameter(ge=1, le=100)]
Wished = Literal["this", "like", "any"]
Answers = Annotated[dict[UUID, Annotated[str, Meta(max_length=2_000)]], Meta(max_length=50)]


class NewGuest(Body, frozen=True):
    """Who a seat is for; with an address of their own they get their ticket by mail. `stall_id` at a market day; who
    waits may say with `stall` that one `like` it (with the same description) or `any` would do as well."""

    name: Line
    email: OptionalLine = ""
    stall_id: UUID | None = None
    stall: Wished = "this"


class NewRegistration(Body, frozen=True):
    """Seats at a session, for oneself where nobody is named. `answers` by the identifier of the question: a text,
    the position of a choice (from "0"), or "yes" or "no"."""

    guests: Annotated[list[NewGuest], Meta(max_length=20)] = []
    stall_id: UUID | None = None
    stall: Wished = "this"
    answers: Answers = {}
    organisation_id: UUID | None = None
    terms_accepted: bool = False


class Acceptance(Body, frozen=True):
    """Taking an offer; `stalls` for its tickets, in order, null for one who stands nowhere. Without them, what was kept
    along with the offer stays."""

    stalls: Annotated[list[UUID | None], Meta(max_length=20)] = []


class GivenAnswers(Body, frozen=True):
    """Answers to the session's questions, as when one registers."""

    answers: Answers


class ChosenStalls(Body, frozen=True):
    """Stalls for the tickets of a registration, in order; null for one who stands nowhere."""

    stalls: Annotated[list[UUID | None], Meta(min_length=1, max_length=20)]


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """A seat in somebody's name. `code` is what the QR code says; `minutes` is what counts as attended. What who
    waits would like: `this` stall, one `like` it, or `any`."""

    id: UUID
    name: str
    email: str
    stall_id: UUID | None
    stall_number: str | None
    stall_wish: StallWish
    wished_stall_id: UUID | None
    wished_stall_number: str | None
    live: bool
    code: str
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    minutes: int | None
    evidence: str


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's seats. `place` is the place in the line while one waits; `online_url` is told to the registered."""

    id: UUID
    session_id: UUID
    session_title_pl: str
    session_title_en: str
    start: datetime
    end: datetime
    name: str
    email: str
    organisation_id: UUID | None
    state: State
    seats: int
    walk_in: bool
    priority: bool
    offered_until: datetime | None
    place: int | None
    online_url: str
    created_at: datetime
    version: int
    tickets: list[Ticket]


class Registrations(msgspec.Struct, frozen=True):
    """A page of a list."""

    items: list[Registration]
    next: str | None


class AttendanceOf(Body, frozen=True):
    """How long somebody was there, by a signed list or the log of an online meeting."""

    minutes: Annotated[int, Meta(ge=0, le=10_080)]
    evidence: Evidence = Evidence.LIST


class NewPerson(Body, frozen=True):
    """Who rang up."""

    name: Line
    email: Line


class NewMessage(Body, frozen=True):
    """What everybody who is registered reads."""

    subject: Line
    text: Paragraphs
    waiting: bool = False


class Written(msgspec.Struct, frozen=True):
    """How many mails were posted."""

    mails: int


class TakenOff(Body, frozen=True):
    """Why somebody is taken off the list: it goes into their mail."""

    reason: OptionalLine = ""


class ForCompany(Body, frozen=True):
    """For which company somebody comes, by its NIP; empty: for themself."""

    nip: OptionalLine = ""


class Certified(msgspec.Struct, frozen=True):
    """How many certificates were issued."""

    issued: int


class SurveySums(msgspec.Struct, frozen=True, kw_only=True):
    """Marks from 1 to 5 and words; `hidden` while fewer than five answered. `spread` counts the marks 1 to 5."""

    asked: int
    answers: int
    hidden: bool
    rating: float | None
    usefulness: float | None
    spread: list[int]
    comments: list[str]
    wishes: list[str]


def registrations_json(found: Listed) -> Registrations:
    return Registrations([registration_json(view) for view in found.items], found.next)


def order_of(session_id: UUID, data: NewRegistration) -> RegistrationOrder:
    return RegistrationOrder(
        session_id=session_id,
        guests=tuple(
            Guest(name=one.name, email=one.email, stall_id=one.stall_id, stall=StallWish(one.stall))
            for one in data.guests
        ),
        stall_id=data.stall_id,
        stall=StallWish(data.stall),
        answers=data.answers,
        organisation_id=data.organisation_id,
        terms_accepted=data.terms_accepted,
    )


def registration_json(view: RegistrationView) -> Registration:
    session = view.session
    return Registration(
        id=view.id,
        session_id=session.id,
        session_title_pl=session.title_pl,
        session_title_en=session.title_en,
        start=session.period.start,
        end=session.period.end,
        name=view.name,
        email=view.email,
        organisation_id=view.organisation_id,
        state=view.state,
        seats=view.seats,
        walk_in=view.walk_in,
        priority=view.priority,
        offered_until=view.offered_until,
        place=view.place,
        online_url=session.online_url if view.state == State.REGISTERED else "",
        created_at=view.created_at,
        version=view.version,
        tickets=[_ticket(one) for one in view.tickets],
    )


def _ticket(one: TicketView) -> Ticket:
    return Ticket(**{name: getattr(one, name) for name in Ticket.__struct_fields__})
