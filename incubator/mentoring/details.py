"""What people say of a mentor when they add or change one: bodies of requests, forms, and the
arguments of the verbs alike. Where the English is empty, Polish is shown."""

from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from msgspec import Meta, field

from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs, Slug

Language = Literal[
    "pl", "en", "uk", "be", "ru", "de", "fr", "es", "it", "pt", "cs", "sk", "nl", "sv", "no", "da", "fi", "lt", "hu",
    "ro", "tr", "ar", "he", "hi", "ja", "ko", "vi", "zh",
]  # fmt: skip
"""ISO 639-1."""
LANGUAGES: tuple[str, ...] = get_args(Language)

Audience = Literal["everyone", "organisations", "programme"]
Length = Annotated[int, Meta(ge=15, le=120)]
Clock = Annotated[
    str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)", description="08:00; 24:00 ends a day")
]
Weekday = Annotated[int, Meta(ge=1, le=7, description="1 Monday … 7 Sunday")]
Ahead = Annotated[int, Meta(ge=0, le=43_200)]
"""Minutes, up to 30 days."""
Budget = Annotated[int, Meta(ge=0, le=600_000, description="minutes")]
Link = Annotated[str, Meta(max_length=500, pattern=r"^(https://[^\s\x00-\x20<>\"]+)?$(?!\n)")]


class NewMentor(Body, frozen=True):
    """Somebody who becomes a mentor of a gmina (its slug)."""

    gmina: Slug
    email: Annotated[str, Meta(max_length=254)]
    name: Line


class MentorDetails(Body, frozen=True):
    """What a mentor says of themself. `online_link` is shown to those alone who meet them online."""

    name: Line
    headline_pl: OptionalLine = ""
    headline_en: OptionalLine = ""
    about_pl: Paragraphs = ""
    about_en: Paragraphs = ""
    languages: Annotated[list[Language], Meta(min_length=1, max_length=10)] = field(default_factory=lambda: ["pl"])
    online_link: Link = ""
    topics: Annotated[list[Slug], Meta(max_length=12)] = []


class MeetingRules(Body, frozen=True):
    """When a meeting may start and how long it lasts; see mentoring/tables.py:Mentor."""

    lengths: Annotated[list[Length], Meta(min_length=1, max_length=8)] = field(default_factory=lambda: [60])
    grid_minutes: Literal[15, 30, 60] = 30
    break_minutes: Annotated[int, Meta(ge=0, le=240)] = 0
    lead_minutes: Ahead = 1440
    horizon_days: Annotated[int, Meta(ge=1, le=366)] = 60
    cancel_minutes: Ahead = 1440


class DayHours(Body, frozen=True):
    """To be met between these times of a day: at an incubator, online, or either. With the audience
    "programme", only by participants of that programme."""

    opens: Clock
    closes: Clock
    incubator_id: UUID | None = None
    online: bool = False
    audience: Audience = "everyone"
    programme_id: UUID | None = None


class WeekdayHours(DayHours, frozen=True, kw_only=True):
    """The same each week."""

    weekday: Weekday


class MentorWeek(Body, frozen=True):
    """The usual week, all of it."""

    weekly: Annotated[list[WeekdayHours], Meta(max_length=42)]


class MentorDay(Body, frozen=True):
    """The hours of one day; none means that the mentor cannot be met."""

    hours: Annotated[list[DayHours], Meta(max_length=10)] = []


class ContractTerms(Body, frozen=True, kw_only=True):
    """What the gmina pays a mentor for: `budget_minutes` from `starts` to `ends`, both included, at
    `rate_minor` grosz an hour."""

    number: Line
    starts: date
    ends: date
    rate_minor: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    budget_minutes: Budget


class PolicyLimits(Body, frozen=True):
    """Minutes a month that the gmina's mentors give to one organisation, or to one private person,
    without a programme's credit. None given, no limit."""

    organisation_minutes: Budget | None = None
    person_minutes: Budget | None = None


class TopicNames(Body, frozen=True):
    """What a topic is called, and its place in the list."""

    name_pl: Line
    name_en: Line
    position: Annotated[int, Meta(ge=0, le=10_000)] = 0


class NewTopic(TopicNames, frozen=True, kw_only=True):
    """A topic for the list of the metropolis; it keeps its slug."""

    slug: Slug
