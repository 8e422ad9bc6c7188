"""What an assessment shows, on a page and as JSON alike."""

from datetime import datetime
from uuid import UUID

import msgspec


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class FormalItemView(View, frozen=True):
    """A point of the formal check."""

    id: UUID
    name_pl: str
    name_en: str


class CriterionView(View, frozen=True):
    """A line of the rubric."""

    id: UUID
    name_pl: str
    name_en: str
    help_pl: str
    help_en: str
    most: int
    weight: int
    least: int | None


class AssessmentView(View, frozen=True):
    """How the applications of an edition are judged. `frozen` once scoring has begun, `checking` once the
    formal check has; `approved` once a ranking is. `version` is 0 where nothing was set up yet."""

    edition_id: UUID
    anonymous: bool
    scorers_needed: int
    threshold_percent: int
    supplement_days: int
    answer_days: int
    reserve_places: int | None
    tie_rule: list[str]
    lot_seed: str | None
    items: list[FormalItemView]
    criteria: list[CriterionView]
    checking: bool
    frozen: bool
    approved: bool
    version: int


class ScorerView(View, frozen=True):
    """Somebody who scores in an edition, and how far they are."""

    account_id: UUID
    name: str
    email: str | None
    assigned: int
    submitted: int
    conflicts: int


class AssignmentView(View, frozen=True):
    """A scorer of an application. `state`: undeclared, declared, draft, submitted."""

    account_id: UUID
    name: str
    state: str


class ConflictView(View, frozen=True):
    """A scorer who has a conflict of interest, and what they said of it."""

    account_id: UUID
    name: str
    reason: str


class ProgressView(View, frozen=True):
    """An application on its way through the scoring; `missing` sheets are still to come."""

    application_id: UUID
    code: str
    number: int
    title: str
    applicant: str
    state: str
    assignments: list[AssignmentView]
    conflicts: list[ConflictView]
    missing: int


class CheckView(View, frozen=True):
    """A round of the formal check: which items were met, what came of it."""

    round: int
    result: str
    met: list[UUID]
    unmet: list[UUID]
    note: str
    checked_by: str
    checked_at: datetime


class FormalView(View, frozen=True):
    """An application in the queue of the formal check. `round` is the one to come; `overdue`, its
    supplementation was not answered in time."""

    application_id: UUID
    code: str
    number: int
    title: str
    applicant: str
    state: str
    round: int
    supplement_until: datetime | None
    overdue: bool
    checks: list[CheckView]
    version: int


class TaskView(View, frozen=True):
    """An application that somebody is to score. `state`: undeclared, conflicted, declared, draft,
    submitted. In an anonymous call, or before the declaration, `title` is empty; `applicant` in an anonymous
    call alone: whether there is a conflict is asked of them."""

    application_id: UUID
    edition_id: UUID
    programme_name_pl: str
    programme_name_en: str
    edition_name_pl: str
    edition_name_en: str
    code: str
    title: str
    applicant: str
    state: str
    reopened: str
    open: bool


class AnswerView(View, frozen=True):
    """A question with what was answered, in words. `files` are [identifier, name, bytes]."""

    label_pl: str
    label_en: str
    kind: str
    text_pl: str
    text_en: str
    files: list[tuple[UUID, str, int]]


class ScoreView(View, frozen=True):
    """Points for a criterion, and why."""

    criterion_id: UUID
    points: int
    comment: str


class SheetView(View, frozen=True):
    """A score sheet. `scorer` is told to who runs the edition alone; version 0: not begun."""

    application_id: UUID
    scorer: str
    scores: list[ScoreView]
    comment: str
    submitted_at: datetime | None
    reopened: str
    version: int


class ReadingView(View, frozen=True):
    """What a scorer reads of an application that they declared no conflict with, their sheet, and, once
    theirs is handed in, those of the others. `applicant` is empty in an anonymous call."""

    task: TaskView
    applicant: str
    answers: list[AnswerView]
    criteria: list[CriterionView]
    sheet: SheetView
    others: list[SheetView]
