"""May somebody register? Pure: plain values in, a refusal or nothing out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from incubator.kernel.errors import N_, Conflict, Forbidden, Gone, Invalid
from incubator.kernel.period import Period

PATIENCE = timedelta(hours=2)
"""So long who registered with an address alone may take to confirm it."""
LONGEST_ANSWER = 2_000


@dataclass(eq=False)
class NotOpenYet(Conflict):
    """Registering begins later."""

    code = "registration_not_open_yet"
    sentence = N_("Registration for this session opens on {opens_at}.")
    opens_at: datetime


class RegistrationClosed(Conflict):
    """Its deadline has passed, or the session has begun."""

    code = "registration_closed"
    sentence = N_("Registration for this session is closed.")


class SessionNotHeld(Gone):
    """It does not take place."""

    code = "session_not_held"
    sentence = N_("This session was called off.")


@dataclass(eq=False)
class PriorityOnly(Forbidden):
    """Seats are for some until then."""

    code = "priority_only"
    sentence = N_("Until {until}, seats are for people of the gmina or of the programme. Sign in if you are one of them, or come back then.")  # fmt: skip
    until: datetime


@dataclass(eq=False)
class TooManyEach(Invalid):
    """More seats than one may take."""

    code = "too_many_seats"
    sentence = N_("One registration can take {most} seats at most.")
    most: int


class SessionTermsNotAccepted(Invalid):
    """The terms have to be accepted."""

    code = "session_terms_not_accepted"
    sentence = N_("Please accept the terms of the session.")


@dataclass(eq=False)
class AnswerMissing(Invalid):
    """A question that has to be answered, or an answer that does not fit it."""

    code = "answer_missing"
    sentence = N_("Please answer the question “{question}”.")
    question: str
    question_id: UUID | None = None


class ForParticipants(Forbidden):
    """Seats of this session are drawn from what a programme granted to who takes part."""

    code = "for_participants"
    sentence = N_("Seats of this session are drawn from what a programme grants. Please sign in to register.")


class NoSuchStall(Invalid):
    """A stall that this session does not have, or one that is named twice."""

    code = "no_such_stall"
    sentence = N_("Please choose stalls of this market, each once.")


class Asked(Protocol):
    """A question of the session."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def text_pl(self) -> str: ...
    @property
    def choices_pl(self) -> tuple[str, ...]: ...
    @property
    def required(self) -> bool: ...


class Ruled(Protocol):
    """The rules of a session."""

    @property
    def period(self) -> Period: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes(self) -> datetime: ...
    @property
    def priority_until(self) -> datetime | None: ...
    @property
    def most_each(self) -> int: ...
    @property
    def draws_seats(self) -> bool: ...
    @property
    def stalls(self) -> frozenset[UUID]: ...
    @property
    def questions(self) -> tuple[Asked, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants: `stalls` of its tickets, `answers` by question; whether they go first. Who is `waiting` may
    also wish for a stall that is `alike`, or for any."""

    seats: int
    stalls: tuple[UUID, ...] = ()
    alike: tuple[UUID, ...] = ()
    any_stall: bool = False
    waiting: bool = False
    answers: Mapping[UUID, str]
    priority: bool = False
    signed_in: bool = True
    terms_accepted: bool
    now: datetime


def check(wish: Wish, session: Ruled, *, state: str) -> None:
    """Raises SessionNotHeld, NotOpenYet, RegistrationClosed, PriorityOnly, TooManyEach, SessionTermsNotAccepted,
    ForParticipants, NoSuchStall, AnswerMissing."""
    in_time(session, state=state, now=wish.now)
    if session.priority_until is not None and wish.now < session.priority_until and not wish.priority:
        raise PriorityOnly(session.priority_until)
    if not 1 <= wish.seats <= session.most_each:
        raise TooManyEach(session.most_each)
    if session.draws_seats and not wish.signed_in:
        raise ForParticipants()
    _check_stalls(wish, session.stalls)
    if not wish.terms_accepted:
        raise SessionTermsNotAccepted()
    for question in session.questions:
        _check_answer(question, wish.answers.get(question.id, ""))


def in_time(session: Ruled, *, state: str, now: datetime) -> None:
    """Raises SessionNotHeld, RegistrationClosed, NotOpenYet."""
    if state == "cancelled":
        raise SessionNotHeld()
    if now >= session.closes:
        raise RegistrationClosed()
    if session.opens_at is not None and now < session.opens_at:
        raise NotOpenYet(session.opens_at)


def offered_until(session: Ruled, *, patience: timedelta, now: datetime) -> datetime:
    """How long an offer stands: the patience, but not past the end of the session."""
    return min(now + patience, session.period.end)


def _check_stalls(wish: Wish, stalls: frozenset[UUID]) -> None:
    each_once = len(set(wish.stalls)) == len(wish.stalls) and stalls.issuperset((*wish.stalls, *wish.alike))
    vague = bool(wish.alike) or wish.any_stall
    if not each_once or (vague and not wish.waiting) or (wish.any_stall and not stalls):
        raise NoSuchStall()


def _check_answer(question: Asked, answer: str) -> None:
    fits = len(answer) <= LONGEST_ANSWER and "\0" not in answer
    if answer and question.kind == "choice":
        fits = answer in {str(at) for at in range(len(question.choices_pl))}
    if answer and question.kind == "yes_no":
        fits = answer in {"yes", "no"}
    if not fits or (question.required and not answer):
        raise AnswerMissing(question.text_pl, question.id)
