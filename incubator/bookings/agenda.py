"""A day of an incubator as its coordinator reads it: by time, what is going on, what is over. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from incubator.bookings.states import FIRM, State
from incubator.bookings.views import BookingView
from incubator.kernel.period import Period

SHOWN = frozenset(
    {
        State.HELD,
        State.AWAITING_APPROVAL,
        State.AWAITING_PAYMENT,
        State.CONFIRMED,
        State.CHECKED_IN,
        State.COMPLETED,
        State.NO_SHOW,
    }
)
CALLED_OFF = frozenset({State.CANCELLED, State.DECLINED})
ENDED = frozenset({State.COMPLETED, State.NO_SHOW})


class Phase(StrEnum):
    """`late`: their time has begun and nobody has checked in."""

    COMING = "coming"
    LATE = "late"
    ON = "on"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking on the day, or all of it. `since_before` and `goes_on` say that it reaches beyond."""

    booking: BookingView
    phase: Phase
    since_before: bool
    goes_on: bool
    all_day: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """`stays` fill the whole day (a desk for weeks); `entries` have an hour in it, by start; `off`
    were cancelled or declined."""

    stays: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    off: tuple[BookingView, ...]

    def count(self, *phases: Phase) -> int:
        """How many of the entries, with an hour or without, are in one of these phases. What nobody
        has decided or confirmed yet is not counted."""
        firm = (one for one in (*self.stays, *self.entries) if one.booking.state in FIRM)
        return sum(one.phase in phases for one in firm)

    @property
    def coming(self) -> int:
        return self.count(Phase.COMING)

    @property
    def late(self) -> int:
        return self.count(Phase.LATE)

    @property
    def on(self) -> int:
        return self.count(Phase.ON)

    @property
    def over(self) -> int:
        return self.count(Phase.OVER)

    @property
    def turn(self) -> int:
        """The first entry that is not over: where the eye should fall. One past the last when all are."""
        return next((at for at, one in enumerate(self.entries) if one.phase != Phase.OVER), len(self.entries))


def agenda(bookings: Iterable[BookingView], *, span: Period, now: datetime) -> Agenda:
    """The day `span` of these bookings; holds that have lapsed are left out."""
    given = list(bookings)
    shown = [_entry(one, span, now) for one in given if one.state in SHOWN and not lapsed(one, now=now)]
    return Agenda(
        stays=tuple(one for one in shown if one.all_day),
        entries=tuple(one for one in shown if not one.all_day),
        off=tuple(one for one in given if one.state in CALLED_OFF),
    )


def phase_of(booking: BookingView, *, now: datetime) -> Phase:
    """Where a booking is in its time. Who checked in early is here."""
    if booking.state in ENDED or booking.period.end <= now:
        return Phase.OVER
    if booking.state == State.CHECKED_IN:
        return Phase.ON
    if booking.period.start > now:
        return Phase.COMING
    return Phase.LATE


def lapsed(booking: BookingView, *, now: datetime) -> bool:
    """Whether a hold is over, though nobody has released it yet."""
    return booking.state == State.HELD and booking.hold_expires_at is not None and booking.hold_expires_at <= now


def coming_up(entries: Sequence[Entry], *, most: int) -> tuple[Entry, ...]:
    """The next entries that are still to come."""
    return tuple(one for one in entries if one.phase == Phase.COMING)[:most]


def _entry(booking: BookingView, span: Period, now: datetime) -> Entry:
    period = booking.period
    return Entry(
        booking=booking,
        phase=phase_of(booking, now=now),
        since_before=period.start < span.start,
        goes_on=period.end > span.end,
        all_day=period.contains(span),
    )
