"""What is said of an assessment: bodies of requests, forms, and the arguments of the verbs alike."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs

TieStep = Annotated[
    str,
    Meta(
        pattern=r"^(submitted_at|lot|criterion:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$(?!\n)",
        description="submitted_at, lot, or criterion: and its identifier",
    ),
]
Days = Annotated[int, Meta(ge=1, le=60)]
Points = Annotated[int, Meta(ge=0, le=100)]
Result = Literal["passed", "supplement", "failed"]


class AssessmentRules(Body, frozen=True):
    """How applications are judged. `tie_rule` is what decides between equal points, in this order; a lot
    is always the last. `reserve_places`: how long the reserve list is, without end where it is not given."""

    scorers_needed: Annotated[int, Meta(ge=2, le=9)] = 2
    threshold_percent: Annotated[int, Meta(ge=0, le=100)] = 50
    supplement_days: Days = 7
    answer_days: Days = 7
    reserve_places: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    tie_rule: Annotated[list[TieStep], Meta(min_length=1, max_length=12)] = msgspec.field(
        default_factory=lambda: ["submitted_at"]
    )


class FormalItemDetails(Body, frozen=True):
    """A point of the formal check; with an `id`, one that is there already."""

    name_pl: Line
    name_en: OptionalLine = ""
    id: UUID | None = None


class CriterionDetails(Body, frozen=True):
    """A line of the rubric; with an `id`, one that is there already. Below `least`, the application is
    below the threshold whatever its total."""

    name_pl: Line
    name_en: OptionalLine = ""
    help_pl: Paragraphs = ""
    help_en: Paragraphs = ""
    most: Annotated[int, Meta(ge=1, le=100)] = 10
    weight: Annotated[int, Meta(ge=1, le=100)] = 1
    least: Points | None = None
    id: UUID | None = None


class Check(Body, frozen=True):
    """A round of the formal check: the items that are met, the result, and why."""

    result: Result
    met: Annotated[list[UUID], Meta(max_length=60)] = []
    note: Paragraphs = ""


class Given(Body, frozen=True):
    """Points for a criterion, and why."""

    criterion_id: UUID
    points: Points
    comment: Paragraphs = ""


class SheetDetails(Body, frozen=True):
    """A score sheet: points for each criterion (some may be missing in a draft) and a remark on the whole."""

    scores: Annotated[list[Given], Meta(max_length=40)] = []
    comment: Paragraphs = ""


class Approval(Body, frozen=True):
    """Who sat on the panel, and the minutes of its meeting."""

    panel: Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$(?!\n)")]
    minutes: Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$(?!\n)")]
