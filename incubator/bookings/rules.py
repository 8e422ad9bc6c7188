"""May this period be booked? Pure: a space's rules, its opening hours, the clock handed in.

The rules are a list of names; each raises its own refusal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from incubator.kernel.errors import N_, Forbidden, Invalid
from incubator.kernel.period import WARSAW, Period, local_days, local_midnight, monday_of


class Terms(Protocol):
    """The rules of a space; see places.tables.Space for what each means."""

    @property
    def grid_minutes(self) -> int: ...
    @property
    def shortest_minutes(self) -> int: ...
    @property
    def longest_minutes(self) -> int: ...
    @property
    def lead_minutes(self) -> int: ...
    @property
    def horizon_days(self) -> int: ...
    @property
    def open(self) -> Sequence[Period]: ...
    @property
    def audience(self) -> Sequence[str]: ...
    @property
    def local_only(self) -> bool: ...
    @property
    def capacity(self) -> int: ...


@dataclass(eq=False)
class OffGrid(Invalid):
    """A start or an end between the marks."""

    code = "off_grid"
    sentence = N_("Bookings here start and end on a {grid_minutes}-minute grid.")
    grid_minutes: int


@dataclass(eq=False)
class TooShort(Invalid):
    code = "too_short"
    sentence = N_("The shortest booking here is {shortest_minutes}.")
    shortest_minutes: int


@dataclass(eq=False)
class TooLong(Invalid):
    code = "too_long"
    sentence = N_("The longest booking here is {longest_minutes}.")
    longest_minutes: int


@dataclass(eq=False)
class TooSoon(Invalid):
    """In the past, or with less notice than the space asks for."""

    code = "too_soon"
    sentence = N_("This space has to be booked at least {lead_minutes} ahead.")
    lead_minutes: int


@dataclass(eq=False)
class InThePast(Invalid):
    code = "in_the_past"
    sentence = N_("This time is already over.")


@dataclass(eq=False)
class TooFarAhead(Invalid):
    code = "too_far_ahead"
    sentence = N_("This space can be booked up to {horizon_days} days ahead.")
    horizon_days: int


@dataclass(eq=False)
class OutsideOpeningHours(Invalid):
    """`open` are the stretches of those days, for an answer that helps."""

    code = "outside_opening_hours"
    sentence = N_("The space is not open for all of this time.")
    open: tuple[Period, ...]


@dataclass(eq=False)
class TooManyPeople(Invalid):
    code = "too_many_people"
    sentence = N_("There is room for {capacity} people here.")
    capacity: int


@dataclass(eq=False)
class NotWelcome(Forbidden):
    """The space is kept for others: `audience` says for whom."""

    code = "not_welcome"
    sentence = N_("This space is kept for other groups of people.")
    audience: tuple[str, ...]


@dataclass(eq=False)
class LocalOnly(Forbidden):
    code = "local_only"
    sentence = N_("This space is kept for people and organisations of its own gmina.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, by whom. `holder_kind` is "person" or the organisation's kind;
    `is_local` whether the holder is at home in the gmina."""

    period: Period
    now: datetime
    holder_kind: str
    is_local: bool
    attendees: int | None = None


def check(wish: Wish, terms: Terms, *, by_house: bool = False) -> None:
    """Raises the refusal of the first rule that `wish` breaks; `by_house` of those that bind who runs the house."""
    for rule in HOUSE_RULES if by_house else RULES:
        rule(wish, terms)


def on_the_grid(wish: Wish, terms: Terms) -> None:
    """Counted from midnight on the clock in Warsaw, so that 10:00 stays 10:00 all year."""
    for moment in (wish.period.start, wish.period.end):
        clock = moment.astimezone(WARSAW)
        if clock.second or clock.microsecond or (clock.hour * 60 + clock.minute) % terms.grid_minutes:
            raise OffGrid(terms.grid_minutes)


def long_enough(wish: Wish, terms: Terms) -> None:
    if wish.period.length < timedelta(minutes=terms.shortest_minutes):
        raise TooShort(terms.shortest_minutes)


def short_enough(wish: Wish, terms: Terms) -> None:
    if wish.period.length > timedelta(minutes=terms.longest_minutes):
        raise TooLong(terms.longest_minutes)


def early_enough(wish: Wish, terms: Terms) -> None:
    """A stretch that has begun may still be booked while its first grid step lasts: people arrive."""
    not_over(wish, terms)
    grace = timedelta(minutes=terms.grid_minutes) if terms.lead_minutes == 0 else timedelta()
    if wish.period.start + grace < wish.now + timedelta(minutes=terms.lead_minutes):
        raise InThePast() if terms.lead_minutes == 0 else TooSoon(terms.lead_minutes)


def not_over(wish: Wish, terms: Terms) -> None:
    if wish.period.end <= wish.now:
        raise InThePast()


def near_enough(wish: Wish, terms: Terms) -> None:
    """The last bookable day is whole: up to the midnight that ends it."""
    today = wish.now.astimezone(WARSAW).date()
    if wish.period.start >= local_midnight(today + timedelta(days=terms.horizon_days + 1)):
        raise TooFarAhead(terms.horizon_days)


def within_opening_hours(wish: Wish, terms: Terms) -> None:
    if not fits_opening_hours(wish.period, terms.open):
        days = local_days(wish.period.start.astimezone(WARSAW).date(), len(list(wish.period.local_days())))
        raise OutsideOpeningHours(tuple(stretch for stretch in terms.open if stretch.overlaps(days)))


def room_for_all(wish: Wish, terms: Terms) -> None:
    must_hold(terms.capacity, wish.attendees)


def must_hold(capacity: int, attendees: int | None) -> None:
    """Raises TooManyPeople."""
    if attendees is not None and attendees > capacity:
        raise TooManyPeople(capacity)


def welcome(wish: Wish, terms: Terms) -> None:
    if wish.holder_kind not in terms.audience:
        raise NotWelcome(tuple(terms.audience))
    if terms.local_only and not wish.is_local:
        raise LocalOnly()


RULES = (
    welcome,
    on_the_grid,
    long_enough,
    short_enough,
    early_enough,
    near_enough,
    within_opening_hours,
    room_for_all,
)
# How long, how far ahead, on which marks and for whom are there to share a space out fairly among those who ask.
HOUSE_RULES = (not_over, within_opening_hours, room_for_all)


DESKS = frozenset({"hot_desk", "dedicated_desk"})


def fits_opening_hours(period: Period, hours: Iterable[Period]) -> bool:
    """Whether one open stretch holds all of `period`."""
    return any(stretch.contains(period) for stretch in hours)


def may_still_cancel(period: Period, *, cancel_minutes: int, now: datetime) -> bool:
    """Whether the cancellation window is still open: `cancel_minutes` before the start."""
    return now <= period.start - timedelta(minutes=cancel_minutes)


def quota_draws(period: Period, *, unit: str) -> list[tuple[date, int]]:
    """The minutes that `period` draws from each week (by its Monday) or month (by its first), with
    weeks and months changing at midnight in Warsaw. Sums to the period's minutes."""
    draws: list[tuple[date, int]] = []
    start = period.start
    while start < period.end:
        first = _first_day(start.astimezone(WARSAW).date(), unit)
        end = min(period.end, local_midnight(_next_first(first, unit)))
        draws.append((first, Period(start, end).minutes))
        start = end
    return draws


def credit_draw(period: Period, *, space_kind: str) -> tuple[str, int] | None:
    """What `period` draws from what its holder was granted: the minutes of a room, or a desk's days in
    Warsaw. None: nobody is granted such a space."""
    if space_kind == "room":
        return "room_minutes", period.minutes
    return ("desk_days", len(list(period.local_days()))) if space_kind in DESKS else None


def _first_day(day: date, unit: str) -> date:
    return monday_of(day) if unit == "week" else day.replace(day=1)


def _next_first(first: date, unit: str) -> date:
    return first + timedelta(days=7) if unit == "week" else (first + timedelta(days=31)).replace(day=1)
