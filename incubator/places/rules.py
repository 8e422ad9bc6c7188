"""What the rules of a space and the hours of a place have to keep to, whoever sets them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from incubator.kernel.errors import N_, Invalid

DAY = 1440
MOST_STRETCHES = 42


class GridDoesNotDivide(Invalid):
    """A grid that would start anew at an odd time each midnight."""

    code = "grid_does_not_divide"
    sentence = N_("The start grid must divide a day evenly, for example 15, 30 or 60 minutes, not {grid_minutes}.")

    def __init__(self, grid_minutes: int) -> None:
        super().__init__()
        self.grid_minutes = grid_minutes


class LengthsCross(Invalid):
    """The shortest booking is longer than the longest."""

    code = "lengths_cross"
    sentence = N_(
        "The shortest booking ({shortest_minutes} minutes) must not be longer than the longest ({longest_minutes} minutes)."
    )

    def __init__(self, shortest_minutes: int, longest_minutes: int) -> None:
        super().__init__()
        self.shortest_minutes, self.longest_minutes = shortest_minutes, longest_minutes


class NeverBookable(Invalid):
    """The lead time reaches as far as the horizon, so that no start is left between them."""

    code = "never_bookable"
    sentence = N_(
        "Nobody could ever book: bookings must be made {lead_minutes} minutes ahead, but only {horizon_days} days ahead at most."
    )

    def __init__(self, lead_minutes: int, horizon_days: int) -> None:
        super().__init__()
        self.lead_minutes, self.horizon_days = lead_minutes, horizon_days


class NobodyWelcome(Invalid):
    """No audience is left."""

    code = "nobody_welcome"
    sentence = N_("Choose at least one kind of people who may book.")


class ZoneAndKindDisagree(Invalid):
    """A hot desk without a zone, or a zone for what is no hot desk."""

    code = "zone_and_kind_disagree"
    sentence = N_("A hot desk stands in a zone, and only a hot desk does.")


class TooFewParts(Invalid):
    """A joined room made of fewer than two rooms."""

    code = "too_few_parts"
    sentence = N_("A joined room needs at least two rooms to be made of.")


class OnlyRoomsJoin(Invalid):
    """Parts for what is no room."""

    code = "only_rooms_join"
    sentence = N_("Only rooms can be joined of parts.")


class HoursReversed(Invalid):
    """Hours that close before they open, or outside of a day."""

    code = "hours_reversed"
    sentence = N_("Closing time must come after opening time: {opens}–{closes}.")

    def __init__(self, opens: str, closes: str) -> None:
        super().__init__()
        self.opens, self.closes = opens, closes


class HoursOverlap(Invalid):
    """Two stretches of one day that overlap. `weekday` is 1 for Monday; 0 where it is one date."""

    code = "hours_overlap"
    sentence = N_("Opening hours of one day overlap: {first} and {second}.")

    def __init__(self, weekday: int, first: str, second: str) -> None:
        super().__init__()
        self.weekday, self.first, self.second = weekday, first, second


class TooManyHours(Invalid):
    """More stretches than a week of anyone's needs."""

    code = "too_many_hours"
    sentence = N_("These are more opening hours than we keep ({most} in a week).")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST_STRETCHES


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Open from `opens` to `closes`, minutes on the clock in Warsaw (0–1440), on `weekday` (1 Monday
    … 7 Sunday; 0 where the date is known)."""

    weekday: int
    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_of(self.opens)}–{clock_of(self.closes)}"


def check_lengths(*, grid_minutes: int, shortest_minutes: int, longest_minutes: int) -> None:
    """Raises GridDoesNotDivide, LengthsCross."""
    if DAY % grid_minutes:
        raise GridDoesNotDivide(grid_minutes)
    if shortest_minutes > longest_minutes:
        raise LengthsCross(shortest_minutes, longest_minutes)


def check_ahead(*, lead_minutes: int, horizon_days: int) -> None:
    """Raises NeverBookable."""
    if lead_minutes >= horizon_days * DAY:
        raise NeverBookable(lead_minutes, horizon_days)


def check_audience(audience: Collection[str]) -> None:
    """Raises NobodyWelcome."""
    if not audience:
        raise NobodyWelcome()


def check_zone(*, kind: str, in_zone: bool) -> None:
    """Raises ZoneAndKindDisagree."""
    if in_zone != (kind == "hot_desk"):
        raise ZoneAndKindDisagree()


def check_joined(*, kind: str, in_zone: bool) -> None:
    """Raises OnlyRoomsJoin."""
    if kind != "room" or in_zone:
        raise OnlyRoomsJoin()


def check_parts(parts: Collection[object]) -> None:
    """Raises TooFewParts."""
    if len(set(parts)) < 2:
        raise TooFewParts()


def tidied(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same hours in order, with those that touch made one.

    Raises TooManyHours, HoursReversed, HoursOverlap.
    """
    ordered = sorted(stretches)
    if len(ordered) > MOST_STRETCHES:
        raise TooManyHours()
    for one in ordered:
        if not 0 <= one.opens < one.closes <= DAY:
            raise HoursReversed(clock_of(one.opens), clock_of(one.closes))
    for one, next_one in pairwise(ordered):
        if one.weekday == next_one.weekday and next_one.opens < one.closes:
            raise HoursOverlap(one.weekday, str(one), str(next_one))
    return _merged(ordered)


def _merged(ordered: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for one in ordered:
        if merged and merged[-1].weekday == one.weekday and merged[-1].closes == one.opens:
            merged[-1] = Stretch(one.weekday, merged[-1].opens, one.closes)
        else:
            merged.append(one)
    return merged


def clock_of(minute: int) -> str:
    """480 as "08:00", 1440 as "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(clock: str) -> int:
    """ "08:00" as 480, "24:00" as 1440; the shape was checked at the edge."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
