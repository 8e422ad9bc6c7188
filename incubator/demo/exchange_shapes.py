"""What a session of knowledge exchange of the demonstration is made of."""

from dataclasses import dataclass
from typing import Any

from incubator.exchanges.details import Mode, QuestionLine, SpeakerLine, StallLine

LONG = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A session: held by a gmina (empty: the office), `days` from now (negative: over) at an hour on the clock. In
    the rooms of `venue`, the first that is free; elsewhere; or online."""

    gmina: str
    days: int
    hour: int
    minutes: int = LONG
    capacity: int | None = 20
    venue: str = ""
    mode: Mode = "room"
    place: str = ""
    online: str = ""
    details: dict[str, Any]
    speakers: tuple[SpeakerLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    stalls: tuple[StallLine, ...] = ()
    draft: bool = False
    minimum_days: int = 0
    """So many days before it the minimum in `details` is judged."""
    closes_hours: int = 0
    """So many hours before it registering closes."""
    local_days: int = 0
    """So many days from being announced seats are for people of the gmina."""
    materials: tuple[tuple[str, str, str], ...] = ()
    answers: tuple[tuple[str, str, str], ...] = ()


def said(kind: str, pl: str, en: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "title_pl": pl, "title_en": en, **more}
