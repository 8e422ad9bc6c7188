"""What is to be different in a series, and what came of it."""

from dataclasses import dataclass
from uuid import UUID

from incubator.bookings.series import Occurrence, SeriesView
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.kernel.period import Period


class NothingToChange(Invalid):
    """A change without anything that is to be different."""

    code = "nothing_to_change"
    sentence = N_("Say what is to be different: the time, the title or the space.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different; None leaves it. Times are minutes on the clock in Warsaw."""

    start_minute: int | None = None
    length_minutes: int | None = None
    title: str | None = None
    space_id: UUID | None = None

    @property
    def moves(self) -> bool:
        return (self.start_minute, self.length_minutes, self.space_id) != (None, None, None)

    def must_say_something(self) -> None:
        """Raises NothingToChange."""
        if not self.moves and self.title is None:
            raise NothingToChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A date that stayed as it was, and why."""

    occurrence: int
    period: Period
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The series after the change, how many dates changed, and which did not."""

    series: SeriesView
    changed: int
    kept: tuple[Kept, ...]


def kept(one: Occurrence, refusal: Refusal) -> Kept:
    """The date, with why it stayed."""
    return Kept(occurrence=one.occurrence, period=one.period, code=refusal.code, sentence=str(refusal))
