"""The history of a booking as a page tells it: who did what, when, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.bookings.views import BookingView
from incubator.kernel.period import Period
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """`who` is you, holder, desk or house; `moved_from` is set where the time changed."""

    at: datetime
    who: str
    verb: str
    moved_from: Period | None
    moved_to: Period | None


def deeds_of(history: Sequence[Mapping[str, Any]], *, booking: BookingView, reader: Actor) -> list[Deed]:
    """The deeds, oldest first."""
    return [_deed(row, booking, reader) for row in history]


def _deed(row: Mapping[str, Any], booking: BookingView, reader: Actor) -> Deed:
    before, after = _period(row["before"]), _period(row["after"])
    moved = before is not None and after is not None and before != after
    return Deed(
        at=row["at"],
        who=_who(row["actor_id"], booking, reader),
        verb=row["verb"],
        moved_from=before if moved else None,
        moved_to=after if moved else None,
    )


def _who(actor_id: UUID | None, booking: BookingView, reader: Actor) -> str:
    if actor_id is None:
        return "house"
    if actor_id == reader.account_id:
        return "you"
    return "holder" if actor_id == booking.account_id else "desk"


def _period(facts: Mapping[str, Any] | None) -> Period | None:
    """The stretch that `place.facts` wrote down."""
    if not facts or "start" not in facts:
        return None
    return Period(datetime.fromisoformat(facts["start"]), datetime.fromisoformat(facts["end"]))
