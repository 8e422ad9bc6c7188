"""What people say of a call, of a question and of themselves: bodies of requests, forms, and the
arguments of verbs alike."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.applications.rules import Eligibility
from incubator.web.bodies import Body, Line, Moment, OptionalLine, Paragraphs

Applicant = Literal["person", "startup", "company", "ngo", "public"]
Size = Literal["micro", "small", "medium", "large"]
QuestionKind = Literal["text", "paragraph", "number", "choice", "choices", "file", "declaration", "nip", "date"]
Media = Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpg"]
KINDS: tuple[QuestionKind, ...] = ("text", "paragraph", "number", "choice", "choices", "file", "declaration", "nip", "date")  # fmt: skip
MEDIA: tuple[Media, ...] = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpg")
APPLICANTS: tuple[Applicant, ...] = ("person", "startup", "company", "ngo", "public")
SIZES: tuple[Size, ...] = ("micro", "small", "medium", "large")

Months = Annotated[int, Meta(ge=0, le=1200)]
Beginning = Annotated[str, Meta(pattern=r"^[0-9]{2}(\.?[0-9]{1,2}(\.?[A-Z])?)?$(?!\n)")]
Pkd = Annotated[str, Meta(pattern=r"^[0-9]{2}\.[0-9]{2}\.[A-Z]$(?!\n)", description="62.01.Z")]
Bound = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
Sentence = Annotated[str, Meta(max_length=400, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]
OptionalSentence = Annotated[str, Meta(max_length=400, pattern=r"^[^\x00\r\n]*$(?!\n)")]
Text = Annotated[str, Meta(max_length=20_000, pattern=r"^[^\x00]*$")]
Figure = Annotated[int, Meta(ge=-(10**15), le=10**15)]
Answer = Text | bool | Figure | float | Annotated[list[OptionalLine], Meta(max_length=60)] | None
"""What was typed, whether it fits or not: a draft loses nothing."""


class CallDetails(Body, frozen=True):
    """When the call is open, for whom, and what stands above its form. Rules are off where they are empty."""

    opens_at: Moment
    closes_at: Moment
    anonymous: bool = False
    youngest_months: Months | None = None
    oldest_months: Months | None = None
    gmina_ids: Annotated[list[UUID], Meta(max_length=100)] = []
    kinds: Annotated[list[Applicant], Meta(max_length=5)] = []
    sizes: Annotated[list[Size], Meta(max_length=4)] = []
    pkd: Annotated[list[Beginning], Meta(max_length=100)] = []
    intro_pl: Paragraphs = ""
    intro_en: Paragraphs = ""

    @property
    def eligibility(self) -> Eligibility:
        return Eligibility(
            youngest_months=self.youngest_months,
            oldest_months=self.oldest_months,
            gmina_ids=tuple(self.gmina_ids),
            kinds=tuple(self.kinds),
            sizes=tuple(self.sizes),
            pkd=tuple(self.pkd),
        )


class Option(Body, frozen=True):
    """One of the answers to choose from; where the English is empty, Polish is shown."""

    pl: Line
    en: OptionalLine = ""


class QuestionDetails(Body, frozen=True):
    """A question of the form; see applications/tables.py:Question. `most` of a file is in bytes."""

    kind: QuestionKind
    label_pl: Sentence
    label_en: OptionalSentence = ""
    help_pl: Paragraphs = ""
    help_en: Paragraphs = ""
    required: bool = True
    reveals_identity: bool = False
    options: Annotated[list[Option], Meta(max_length=40)] = []
    least: Bound | None = None
    most: Bound | None = None
    media: Annotated[list[Media], Meta(max_length=8)] = []


class FactsSaid(Body, frozen=True):
    """What eligibility looks at."""

    registered_on: date | None = None
    size: Size | None = None
    gmina_id: UUID | None = None
    pkd: Pkd | None = None


class Draft(Body, frozen=True):
    """An application as far as it is: a working title, the facts, and answers by the question's
    identifier. What answers a question for a file is the file, sent by itself."""

    title: OptionalLine = ""
    facts: FactsSaid = msgspec.field(default_factory=FactsSaid)
    answers: Annotated[dict[UUID, Answer], Meta(max_length=200)] = {}
