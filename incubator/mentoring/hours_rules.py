"""What the hours of a mentor have to keep to. Pure: what is known of places and programmes is given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from incubator.kernel.errors import N_, Invalid
from incubator.places.rules import Stretch, tidied


class NowhereToMeet(Invalid):
    """Hours with no incubator that are not online either."""

    code = "nowhere_to_meet"
    sentence = N_("Say where you can be met: choose an incubator, online, or both.")


class PlaceNotOpen(Invalid):
    """An incubator that is not open, or that a coordinator of another gmina cannot speak for."""

    code = "place_not_open"
    sentence = N_("Hours can only be at incubators that are open, and a coordinator sets them only at those of their own gmina.")  # fmt: skip


class ProgrammeNotHere(Invalid):
    """Hours for a programme that is not named, or is another gmina's; or a programme without the audience."""

    code = "programme_not_here"
    sentence = N_("Hours can be reserved for a programme of the mentor's gmina or of the metropolis office. Please choose one.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """To be met from `opens` to `closes` (minutes on the clock in Warsaw) on `weekday` (1 Monday …
    7 Sunday; 0 where the date is known)."""

    weekday: int
    opens: int
    closes: int
    incubator_id: UUID | None
    online: bool
    audience: str
    programme_id: UUID | None

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.weekday, self.opens, self.closes)


def checked(hours: Sequence[Hours], *, places: Collection[UUID], programmes: Collection[UUID]) -> list[Hours]:
    """The same in order. `places` and `programmes` are those that may be named. Hours that touch stay
    two, for they may be at two places.

    Raises TooManyHours, HoursReversed, HoursOverlap, NowhereToMeet, PlaceNotOpen, ProgrammeNotHere.
    """
    tidied([one.stretch for one in hours])
    for one in hours:
        if one.incubator_id is None and not one.online:
            raise NowhereToMeet()
        if one.incubator_id is not None and one.incubator_id not in places:
            raise PlaceNotOpen()
        if (one.audience == "programme") != (one.programme_id is not None):
            raise ProgrammeNotHere()
        if one.programme_id is not None and one.programme_id not in programmes:
            raise ProgrammeNotHere()
    return sorted(hours, key=lambda one: one.stretch)
