"""The history of a meeting as its page tells it: who did what, when, and from when to when it was moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True)
class MeetingDeed:
    """`moved_from` and `moved_to` are set where the time changed."""

    at: datetime
    actor_id: UUID | None
    verb: str
    moved_from: Period | None
    moved_to: Period | None


def deeds_of(history: Sequence[Mapping[str, Any]]) -> list[MeetingDeed]:
    """The deeds, oldest first."""
    return [_deed(row) for row in history]


def _deed(row: Mapping[str, Any]) -> MeetingDeed:
    before, after = _period(row["before"]), _period(row["after"])
    moved = before is not None and after is not None and before != after
    return MeetingDeed(
        at=row["at"],
        actor_id=row["actor_id"],
        verb=row["verb"],
        moved_from=before if moved else None,
        moved_to=after if moved else None,
    )


def _period(facts: Mapping[str, Any] | None) -> Period | None:
    """The stretch that `mentoring.facts` wrote down."""
    if not facts or "start" not in facts:
        return None
    return Period(datetime.fromisoformat(facts["start"]), datetime.fromisoformat(facts["end"]))
