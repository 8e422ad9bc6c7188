"""When can a mentor be met, and may this meeting be had? Pure: hours, exceptions, holidays, the clock handed in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from incubator.kernel.errors import N_, Conflict, Forbidden, Invalid
from incubator.kernel.period import WARSAW, Period, local_midnight, local_moment

ONLINE, IN_PERSON = "online", "in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A stretch of the week, or of the one `day` (then `weekday` is not looked at). Without times: nothing
    on that day."""

    opens: int | None
    closes: int | None
    incubator_id: UUID | None
    online: bool
    audience: str
    programme_id: UUID | None
    weekday: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A stretch of real time in which a mentor can be met: at `incubator_id` and, or, online."""

    period: Period
    incubator_id: UUID | None
    online: bool
    audience: str
    programme_id: UUID | None

    def at(self, mode: str, incubator_id: UUID | None) -> bool:
        """Whether one can meet so, there."""
        return self.online if mode == ONLINE else incubator_id is not None and incubator_id == self.incubator_id


class Terms(Protocol):
    """A mentor's rules; see mentoring.tables.Mentor."""

    @property
    def account_id(self) -> UUID: ...
    @property
    def state(self) -> str: ...
    @property
    def lengths(self) -> Sequence[int]: ...
    @property
    def grid_minutes(self) -> int: ...
    @property
    def break_minutes(self) -> int: ...
    @property
    def lead_minutes(self) -> int: ...
    @property
    def horizon_days(self) -> int: ...
    @property
    def weekly(self) -> Sequence[Hours]: ...
    @property
    def days(self) -> Sequence[Hours]: ...
    @property
    def holidays(self) -> Collection[date]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, by whom. `programmes` are those that granted the organisation, or else the person,
    mentor minutes which are good then; None where they were not looked up: the statement that books asks for them."""

    period: Period
    mode: str
    incubator_id: UUID | None
    account_id: UUID
    for_organisation: bool
    programmes: frozenset[UUID] | None
    now: datetime


class NotWithYourself(Forbidden):
    code = "not_with_yourself"
    sentence = N_("You cannot book a meeting with yourself.")


class MentorNotActive(Conflict):
    """Paused or retired."""

    code = "mentor_not_active"
    sentence = N_("This mentor takes no meetings at present. Please choose another one.")


@dataclass(eq=False)
class WrongLength(Invalid):
    code = "wrong_length"
    sentence = N_("This mentor does not give meetings of that length.")
    lengths: tuple[int, ...]


@dataclass(eq=False)
class OffMentorGrid(Invalid):
    code = "off_mentor_grid"
    sentence = N_("Meetings with this mentor start every {grid_minutes} minutes, counted from the full hour.")
    grid_minutes: int


class MeetingInThePast(Invalid):
    code = "meeting_in_the_past"
    sentence = N_("This time is already over.")


@dataclass(eq=False)
class MeetingTooSoon(Invalid):
    code = "meeting_too_soon"
    sentence = N_("This mentor has to be booked at least {lead_minutes} ahead.")
    lead_minutes: int


@dataclass(eq=False)
class MeetingTooFarAhead(Invalid):
    code = "meeting_too_far_ahead"
    sentence = N_("This mentor can be booked up to {horizon_days} days ahead.")
    horizon_days: int


class OutsideMentorHours(Invalid):
    code = "outside_mentor_hours"
    sentence = N_("The mentor has no hours at this time.")


class NotOfferedThere(Invalid):
    """They have hours then, but meet elsewhere, or not online."""

    code = "not_offered_there"
    sentence = N_("At this time the mentor meets in another way or at another place.")


class OnlyOrganisations(Forbidden):
    code = "only_organisations"
    sentence = N_("These hours are kept for startups and other organisations.")


class OnlyProgramme(Forbidden):
    """Reserved for participants of a programme, who have mentor time granted by it."""

    code = "only_programme"
    sentence = N_("These hours are kept for participants of a programme.")


def check(wish: Wish, terms: Terms) -> Offered:
    """The stretch that the meeting is had in. Raises the refusal of the first rule that `wish` breaks."""
    if wish.account_id == terms.account_id:
        raise NotWithYourself()
    if terms.state != "active":
        raise MentorNotActive()
    _has_a_length(wish, terms)
    _is_in_time(wish, terms)
    return fitting(wish, terms)


def _has_a_length(wish: Wish, terms: Terms) -> None:
    if wish.period.length not in {timedelta(minutes=length) for length in terms.lengths}:
        raise WrongLength(tuple(sorted(terms.lengths)))
    if not on_grid(wish.period.start, terms.grid_minutes):
        raise OffMentorGrid(terms.grid_minutes)


def _is_in_time(wish: Wish, terms: Terms) -> None:
    if wish.period.start < wish.now:
        raise MeetingInThePast()
    if wish.period.start < wish.now + timedelta(minutes=terms.lead_minutes):
        raise MeetingTooSoon(terms.lead_minutes)
    if wish.period.start >= last_moment(terms, wish.now):
        raise MeetingTooFarAhead(terms.horizon_days)


def last_moment(terms: Terms, now: datetime) -> datetime:
    """Before which a meeting has to start: the last day is whole."""
    return local_midnight(now.astimezone(WARSAW).date() + timedelta(days=terms.horizon_days + 1))


def fitting(wish: Wish, terms: Terms) -> Offered:
    """The stretch that holds all of the wish and is meant for who asks; of several, one that is no
    programme's own. Raises OutsideMentorHours, NotOfferedThere, OnlyOrganisations, OnlyProgramme."""
    held = [one for one in on_days_of(terms, wish.period) if one.period.contains(wish.period)]
    if not held:
        raise OutsideMentorHours()
    there = [one for one in held if one.at(wish.mode, wish.incubator_id)]
    if not there:
        raise NotOfferedThere()
    meant = [one for one in there if meant_for(one, wish.for_organisation, wish.programmes)]
    if not meant:
        only_programme = all(one.audience == "programme" for one in there)
        raise OnlyProgramme() if only_programme else OnlyOrganisations()
    return min(meant, key=lambda one: one.audience == "programme")


def meant_for(offered: Offered, for_organisation: bool, programmes: frozenset[UUID] | None) -> bool:
    """Whether its audience has room for such a holder."""
    if offered.audience == "everyone":
        return True
    if offered.audience == "programme":
        return programmes is None or offered.programme_id in programmes
    return for_organisation


def on_days_of(terms: Terms, period: Period) -> list[Offered]:
    """What the mentor offers on the days of `period`, clipped to nothing."""
    days = list(period.local_days())
    return stretches(weekly=terms.weekly, days=terms.days, holidays=terms.holidays, first=days[0], last=days[-1])


def stretches(
    *, weekly: Sequence[Hours], days: Sequence[Hours], holidays: Collection[date], first: date, last: date
) -> list[Offered]:
    """All that is offered from `first` to `last`, by start. A day with exceptions is as they say, a public
    holiday has nothing without them; hours are those of the clock in Warsaw."""
    found = []
    for turn in range((last - first).days + 1):
        day = first + timedelta(days=turn)
        dated = [one for one in days if one.day == day]
        usual = [] if day in holidays else [one for one in weekly if one.weekday == day.isoweekday()]
        for hours in dated or usual:
            found += _on(day, hours)
    return sorted(found, key=lambda one: (one.period, str(one.incubator_id), one.audience))


def _on(day: date, hours: Hours) -> list[Offered]:
    if hours.opens is None or hours.closes is None:
        return []
    start, end = local_moment(day, hours.opens), local_moment(day, hours.closes)
    if end <= start:  # an hour that the clock skips in March
        return []
    return [
        Offered(
            period=Period(start, end),
            incubator_id=hours.incubator_id,
            online=hours.online,
            audience=hours.audience,
            programme_id=hours.programme_id,
        )
    ]


def on_grid(moment: datetime, grid_minutes: int) -> bool:
    """The clock in Warsaw is whole hours off UTC and a grid divides the hour, so the marks are the same."""
    return not (moment.second or moment.microsecond) and moment.astimezone(UTC).minute % grid_minutes == 0
