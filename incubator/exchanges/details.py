"""What is said of a session when it is announced or changed: bodies of requests, forms, and the arguments of the
verbs alike. Polish is asked for; where the English is empty, Polish is shown."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.web.bodies import Body, Line, Moment, OptionalLine, Paragraphs

Kind = Literal["workshop", "meetup", "lecture", "consultation", "market", "demo_day"]
KINDS: tuple[Kind, ...] = ("workshop", "meetup", "lecture", "consultation", "market", "demo_day")
Mode = Literal["room", "elsewhere", "online", "hybrid"]
MODES: tuple[Mode, ...] = ("room", "elsewhere", "online", "hybrid")
Language = Literal["pl", "en", "uk"]
LANGUAGES: tuple[Language, ...] = ("pl", "en", "uk")
PriorityFor = Literal["nobody", "gmina", "edition"]
Address = Annotated[
    str, Meta(max_length=500, pattern=r"^(https?://[^\s\x00\"'<>]+)?$(?!\n)", description="https://… or empty")
]
RealAddress = Annotated[str, Meta(max_length=500, pattern=r"^https?://[^\s\x00\"'<>]+$(?!\n)")]
Tag = Annotated[str, Meta(max_length=60, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]
Capacity = Annotated[int, Meta(ge=1, le=100_000)]
Number = Annotated[str, Meta(max_length=20, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]


class SessionDetails(Body, frozen=True):
    """What a session is. Times with their offset. With fewer than `minimum` seats taken at `decide_at`, it is
    called off. Until `priority_until` seats are for people of the gmina, or of `priority_edition_id`. A
    consultation names the `official_role` whose office hours it is. None of the facts of access: as in the room."""

    kind: Kind
    title_pl: Line
    title_en: OptionalLine = ""
    summary_pl: OptionalLine = ""
    summary_en: OptionalLine = ""
    about_pl: Paragraphs = ""
    about_en: Paragraphs = ""
    audience_pl: OptionalLine = ""
    audience_en: OptionalLine = ""
    terms_pl: Paragraphs = ""
    terms_en: Paragraphs = ""
    language: Language = "pl"
    topics: Annotated[list[Tag], Meta(max_length=10)] = []
    step_free: bool | None = None
    induction_loop: bool | None = None
    accessible_wc: bool | None = None
    interpreter: bool | None = None
    access_note_pl: OptionalLine = ""
    access_note_en: OptionalLine = ""
    official_name: OptionalLine = ""
    official_role: OptionalLine = ""
    funder_marks: OptionalLine = ""
    edition_id: UUID | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    minimum: Capacity | None = None
    decide_at: Moment | None = None
    priority_for: PriorityFor = "nobody"
    priority_until: Moment | None = None
    priority_edition_id: UUID | None = None
    offer_hours: Annotated[int, Meta(ge=1, le=168)] = 24
    most_each: Annotated[int, Meta(ge=1, le=20)] = 5
    draws_seats: bool = False
    checks_out: bool = False
    presence_percent: Annotated[int, Meta(ge=1, le=100)] | None = None


class Where(Body, frozen=True):
    """Where a session is held: in a room of ours (`space_id`; of the metropolis, one that its gmina is asked for), elsewhere (`place`), online (`online_url`, told to
    who is registered), or hybrid: online and in a room or place."""

    mode: Mode
    space_id: UUID | None = None
    place: OptionalLine = ""
    online_url: Address = ""


class When(Body, frozen=True):
    """When it is, times with their offset."""

    start: Moment
    end: Moment


class Rhythm(Body, frozen=True):
    """How often: every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday), `count` times."""

    weekdays: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]
    count: Annotated[int, Meta(ge=2, le=60)]
    every_weeks: Annotated[int, Meta(ge=1, le=52)] = 1


class SpeakerLine(Body, frozen=True):
    """Who speaks, and as what; `mentor_id` where it is a mentor of ours."""

    name: Line
    role_pl: OptionalLine = ""
    role_en: OptionalLine = ""
    mentor_id: UUID | None = None


class QuestionLine(Body, frozen=True):
    """What is asked of each who registers; a choice has at least two."""

    kind: Literal["text", "choice", "yes_no"]
    text_pl: Line
    text_en: OptionalLine = ""
    choices_pl: Annotated[list[Tag], Meta(max_length=20)] = []
    choices_en: Annotated[list[Tag], Meta(max_length=20)] = []
    required: bool = False


class StallLine(Body, frozen=True):
    """A numbered place of a market day."""

    number: Number
    about_pl: OptionalLine = ""
    about_en: OptionalLine = ""


Speakers = Annotated[list[SpeakerLine], Meta(max_length=40)]
Questions = Annotated[list[QuestionLine], Meta(max_length=20)]
Stalls = Annotated[list[StallLine], Meta(max_length=300)]


class Answer(Body, frozen=True):
    """A question that was asked and what was answered, by whom."""

    question: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    answer: Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    answered_by: OptionalLine = ""


Text = Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Day = date
