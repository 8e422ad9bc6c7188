"""What the service acknowledged, what it never answered, and how long it took to say."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import Person


@dataclass(frozen=True, slots=True)
class Told:
    """A booking or a meeting as an answer told it. Answers about series leave out the sequence of each date."""

    booking_id: UUID
    state: str
    start: datetime
    end: datetime
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a series: its booking, or the code of why it was skipped."""

    occurrence: int
    booking_id: UUID | None
    code: str | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it was told last; with `parted` its version is that or more, for it takes over what the dates that
    left it had counted."""

    id: UUID
    version: int
    dates: tuple[Date, ...]
    parted: bool = False

    def before(self, occurrence: int) -> "Series":
        """What is left of it when what follows goes its own way."""
        left = tuple(one for one in self.dates if one.occurrence < occurrence)
        return Series(self.id, self.version + 1, left, parted=True)

    def is_told_by(self, version: int, dates: tuple[Date, ...]) -> bool:
        """Whether this is what is there."""
        return self.dates == dates and (self.version <= version if self.parted else self.version == version)


@dataclass(frozen=True, slots=True)
class Taken:
    """A block, a closure or a mentor's absence (then `space_id` is the mentor), and whether it stands."""

    kind: str
    id: UUID
    space_id: UUID
    start: datetime
    end: datetime
    stands: bool = True

    @property
    def withdrawn(self) -> "Taken":
        return Taken(self.kind, self.id, self.space_id, self.start, self.end, stands=False)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Something that was asked for with an Idempotency-Key and got no answer: it can be asked again."""

    who: Person
    key: str
    path: str
    wish: dict[str, Any]
    keep: Callable[[dict[str, Any]], object]


@dataclass(slots=True)
class Ledger:
    """What the service promised, and what it was asked and never answered."""

    bookings: set[Told] = field(default_factory=set)
    meetings: set[Told] = field(default_factory=set)
    series: dict[UUID, Series] = field(default_factory=dict)
    taken: dict[UUID, Taken] = field(default_factory=dict)
    in_doubt: set[UUID] = field(default_factory=set)
    """Series, blocks and closures whose last request got no answer, so that nobody can know."""
    unanswered_of: Counter[UUID] = field(default_factory=Counter)
    """How many requests of each account got no answer: so many deeds may be there that nobody was told of."""
    unanswered: list[Unanswered] = field(default_factory=list)
    answers: Counter[tuple[str, int | str]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)

    def keep_booking(self, told: dict[str, Any]) -> Told:
        booking = Told(UUID(told["id"]), told["state"], *_span(told), told["sequence"])
        self.bookings.add(booking)
        return booking

    def keep_meeting(self, told: dict[str, Any]) -> Told:
        """Its room is not told of: it follows the meeting."""
        meeting = Told(UUID(told["id"]), told["state"], *_span(told), told["sequence"])
        self.meetings.add(meeting)
        return meeting

    def keep_series(self, told: dict[str, Any]) -> Series:
        dates = []
        for one in told["occurrences"]:
            booking_id = UUID(one["booking_id"]) if one["booking_id"] else None
            dates.append(Date(one["occurrence"], booking_id, one["code"], *_span(one)))
            if booking_id:
                self.bookings.add(Told(booking_id, one["state"], *_span(one)))
        series = Series(UUID(told["id"]), told["version"], tuple(dates))
        self.series[series.id] = series
        return series

    def keep_block(self, told: dict[str, Any]) -> Taken:
        return self._keep_taken("block", told)

    def keep_closure(self, told: dict[str, Any]) -> Taken:
        return self._keep_taken("closure", told["closure"])

    def keep_absence(self, mentor_id: UUID, told: dict[str, Any]) -> Taken:
        """What became of the meetings in its way is told by their number alone."""
        self.answers["hand over", 200] += told["handed_over"]
        self.answers["call off", 200] += told["called_off"]
        return self._keep_taken("absence", {**told, "space_id": str(mentor_id)})

    def _keep_taken(self, kind: str, told: dict[str, Any]) -> Taken:
        taken = Taken(kind, UUID(told["id"]), UUID(told["space_id"]), *_span(told))
        self.taken[taken.id] = taken
        return taken

    def table(self) -> str:
        """How often each deed was answered how, and how long the middle, the slowest in a hundred and
        the slowest of all took, in milliseconds."""
        lines = [f"{'':12}{'p50':>8}{'p99':>8}{'max':>8}"]
        for verb, taken in sorted(self.seconds.items()):
            taken.sort()
            shown = (taken[len(taken) // 2], taken[len(taken) * 99 // 100], taken[-1])
            answers = ", ".join(
                f"{n} × {how}" for (what, how), n in sorted(self.answers.items(), key=str) if what == verb
            )
            lines.append(f"{verb:12}" + "".join(f"{1000 * one:8.0f}" for one in shown) + f"  {answers}")
        return "\n".join(lines)


def _span(told: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"])
