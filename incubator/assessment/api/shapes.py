"""What of assessments is said in JSON alone; the rest is in details.py and views.py."""

from typing import Annotated, Any

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta

from incubator.assessment.details import CriterionDetails, FormalItemDetails
from incubator.assessment.views import FormalView, ProgressView, ScorerView, SheetView, TaskView, View
from incubator.assessment.views_ranking import MissingView, RankingView
from incubator.people.guards import office_or_coordinator, scope, signed_in
from incubator.web.bodies import Body, Line, Paragraphs
from incubator.web.problems import problems

Limit = Annotated[int, QueryParameter(ge=1, le=200)]
_ANSWERS = problems(401, 403, 404, 409, 412, 422)
DESK: dict[str, Any] = {"guards": [office_or_coordinator, scope("programmes:write")], "responses": _ANSWERS}
DESK_READ: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("programmes:read")],
    "responses": problems(401, 403, 404, 409, 422),
}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("programmes:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 422),
}
OWN_READ: dict[str, Any] = {
    "guards": [signed_in, scope("programmes:read")],
    "responses": problems(401, 403, 404, 409, 422),
}


class FormalItems(Body, frozen=True):
    """The list of the formal check, in order."""

    items: Annotated[list[FormalItemDetails], Meta(max_length=40)]


class Rubric(Body, frozen=True):
    """The criteria, in order."""

    criteria: Annotated[list[CriterionDetails], Meta(min_length=1, max_length=30)]


class NewScorer(Body, frozen=True):
    """Somebody with an account, by their e-mail."""

    email: Line


class Declaration(Body, frozen=True):
    """Whether there is a conflict of interest, and of what kind."""

    conflicted: bool
    reason: Paragraphs = ""


class Why(Body, frozen=True):
    """A reason that others read."""

    reason: Paragraphs


class Scorers(View, frozen=True):
    """Who scores in an edition."""

    items: list[ScorerView]


class Progress(View, frozen=True):
    """The applications in scoring."""

    items: list[ProgressView]
    next: str | None = None


class FormalQueue(View, frozen=True):
    """The formal check of an edition."""

    items: list[FormalView]
    next: str | None = None


class Sheets(View, frozen=True):
    """The sheets of an application."""

    items: list[SheetView]


class Tasks(View, frozen=True):
    """What somebody is to score."""

    items: list[TaskView]
    next: str | None = None


class Shared(View, frozen=True):
    """How many assignments were added."""

    assigned: int


class RankingAnswer(View, frozen=True):
    """The approved ranking, else the newest; and the applications that lack sheets."""

    ranking: RankingView | None
    missing: list[MissingView] = msgspec.field(default_factory=list)
