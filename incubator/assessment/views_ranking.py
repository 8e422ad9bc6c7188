"""What a ranking and its decisions show, on a page and as JSON alike."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.assessment.views import CheckView, View


class RankingRowView(View, frozen=True):
    """An application's place. `points` and `means` are hundredths; `decided_by` is what set it apart from
    a neighbour with the same points; `state` is what became of it since."""

    application_id: UUID
    position: int
    code: str
    title: str
    applicant: str
    points: int
    outcome: str
    sheets: int
    means: dict[UUID, int]
    lacks: list[UUID]
    decided_by: str
    state: str
    answer_until: datetime | None = None


class RankingView(View, frozen=True):
    """A ranking with the rules it was made by: see rules.py."""

    id: UUID
    edition_id: UUID
    places: int
    rules: dict[str, Any]
    made_at: datetime
    made_by: str
    approved_at: datetime | None
    approved_by: str
    panel: str
    minutes: str
    rows: list[RankingRowView]


class MissingView(View, frozen=True):
    """Why no ranking can be made yet: an application, and how many sheets it lacks."""

    application_id: UUID
    code: str
    title: str
    sheets: int


class DecisionView(View, frozen=True):
    """What an applicant was told. `points` and `position` come from the approved ranking."""

    outcome: str
    reason: str
    decided_at: datetime
    answer_until: datetime | None


class OutcomeView(View, frozen=True):
    """Where an application stands for its applicant: every decision, the last one first. `points` in
    hundredths of `most`; `reserve_position` counts those who still wait."""

    application_id: UUID
    state: str
    decisions: list[DecisionView]
    checks: list[CheckView]
    points: int | None
    most: int | None
    position: int | None
    reserve_position: int | None
    told: list[tuple[str, str, int, int]]
    version: int
