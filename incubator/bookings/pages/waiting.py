"""Waiting for a time that one sees is taken: what the form of the waiting list offers on a day. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from incubator.bookings.pages.picking import Choice, end_of, ends_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """`choice` offers starts that are taken, and their ends; `asked` says whether one of them was
    asked for, so that the form is to be seen at once."""

    choice: Choice
    asked: bool


def waiting(choice: Choice, *, start: datetime | None, end: datetime | None, now: datetime) -> Waiting | None:
    """What can be waited for on the day of `choice`; None where nothing is taken, and for a zone, for
    whose desks nobody stands in line."""
    if choice.thing.zone or not choice.taken:
        return None
    step = timedelta(minutes=choice.thing.rules.grid_minutes)
    asked = next((one for one in choice.taken if start and one.moment <= start < one.moment + step), None)
    first = asked or choice.taken[0]
    until = end_of(first, end if asked else None, choice.thing)
    ends = ends_of(choice.taken, until, choice.thing, now)
    form = replace(choice, starts=choice.taken, ends=ends, start=first.moment, end=until)
    return Waiting(form, asked is not None)
