"""What has to hold of a session. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period

LONGEST = timedelta(days=7)


class SessionTimes(Invalid):
    """The end is not after the start, it lasts too long, or no calendar of ours reaches it."""

    code = "session_times"
    sentence = N_("A session ends after it starts and lasts seven days at most, between the years 2000 and 2199.")


class RegistrationTimes(Invalid):
    code = "registration_times"
    sentence = N_("Registering opens before it closes, and closes before the session is over.")


class MinimumUndecided(Invalid):
    """A minimum without the time at which it is judged, that time without a minimum, or after the start."""

    code = "minimum_undecided"
    sentence = N_("Say both how many people are needed and when that is decided: before the session starts.")


class MinimumTooHigh(Invalid):
    """More people are needed than there are seats: it could only be called off."""

    code = "minimum_too_high"
    sentence = N_("It needs {minimum} people, but has {capacity} seats: it could only be called off.")

    def __init__(self, minimum: int, capacity: int) -> None:
        super().__init__()
        self.minimum, self.capacity = minimum, capacity


class PriorityUnclear(Invalid):
    """A priority without whom it is for or until when, or for a gmina where there is none."""

    code = "priority_unclear"
    sentence = N_("Say whom the seats are for at first and until when: for people of the gmina, or of an edition.")


class OfficialUnnamed(Invalid):
    code = "official_unnamed"
    sentence = N_("A consultation says whose office hours it is: name the role of the official.")


class NoWhere(Invalid):
    """A place that its mode does not have, or lacks."""

    code = "session_nowhere"
    sentence = N_("Say where it is: a room of ours, another place, or the address of the online meeting.")


class ChoicesMissing(Invalid):
    code = "choices_missing"
    sentence = N_("A question with choices has at least two, and as many in English as in Polish or none.")


class StallsTwice(Invalid):
    """Two stalls of one number."""

    code = "stalls_twice"
    sentence = N_("Each stall has a number of its own.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the rules look at."""

    kind: str
    period: Period
    opens_at: datetime | None
    closes_at: datetime | None
    capacity: int | None
    minimum: int | None
    decide_at: datetime | None
    priority_for: str
    priority_until: datetime | None
    has_edition: bool
    has_gmina: bool
    official_role: str


def period_of(start: datetime, end: datetime) -> Period:
    """Raises SessionTimes."""
    if not (2000 <= start.year < 2199 and 2000 <= end.year < 2199) or end <= start:
        raise SessionTimes()
    period = Period(start, end)
    if period.length > LONGEST or period.minutes < 1:
        raise SessionTimes()
    return period


def check(plan: Plan) -> None:
    """Raises the refusal of the first rule that it breaks."""
    for rule in RULES:
        rule(plan)


def registers_in_time(plan: Plan) -> None:
    if plan.closes_at is not None and plan.closes_at > plan.period.end:
        raise RegistrationTimes()
    if plan.opens_at is not None and plan.opens_at >= (plan.closes_at or plan.period.end):
        raise RegistrationTimes()


def decides_in_time(plan: Plan) -> None:
    if (plan.minimum is None) != (plan.decide_at is None):
        raise MinimumUndecided()
    if plan.decide_at is not None and plan.decide_at > plan.period.start:
        raise MinimumUndecided()


def can_take_place(plan: Plan) -> None:
    check_minimum(minimum=plan.minimum, capacity=plan.capacity)


def prefers_clearly(plan: Plan) -> None:
    if (plan.priority_for == "nobody") != (plan.priority_until is None):
        raise PriorityUnclear()
    if (plan.priority_for == "edition") != plan.has_edition:
        raise PriorityUnclear()
    if plan.priority_for == "gmina" and not plan.has_gmina:
        raise PriorityUnclear()


def names_the_official(plan: Plan) -> None:
    if plan.kind == "consultation" and not plan.official_role.strip():
        raise OfficialUnnamed()


RULES = (registers_in_time, decides_in_time, can_take_place, prefers_clearly, names_the_official)


def check_minimum(*, minimum: int | None, capacity: int | None) -> None:
    """Raises MinimumTooHigh."""
    if minimum is not None and capacity is not None and minimum > capacity:
        raise MinimumTooHigh(minimum, capacity)


def check_where(*, mode: str, has_room: bool, place: str, online_url: str) -> None:
    """Raises NoWhere."""
    here = {
        "room": has_room,
        "elsewhere": bool(place.strip()) and not has_room,
        "online": not has_room,
        "hybrid": has_room or bool(place.strip()),
    }
    if not here[mode] or (mode in ("room", "elsewhere") and online_url):
        raise NoWhere()


def check_choices(kind: str, choices_pl: list[str], choices_en: list[str]) -> None:
    """Raises ChoicesMissing."""
    if kind == "choice" and (len(choices_pl) < 2 or len(choices_en) not in (0, len(choices_pl))):
        raise ChoicesMissing()


def moved_along(moment: datetime | None, *, before: Period, after: Period, latest: datetime) -> datetime | None:
    """A moment that was told relative to a session, once that was moved: as long before its start, and not after
    `latest`."""
    return None if moment is None else min(moment + (after.start - before.start), latest)
