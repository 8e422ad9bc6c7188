"""What people say of programmes: bodies of requests, forms, and the arguments of the verbs alike.
Polish is asked for; where the English is empty, Polish is shown.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs

PerkKind = Literal["room_minutes", "desk_days", "mentor_minutes", "seats", "other"]
PERK_KINDS: tuple[PerkKind, ...] = ("room_minutes", "desk_days", "mentor_minutes", "seats", "other")
Address = Annotated[
    str, Meta(max_length=300, pattern=r"^(https?://[^\s\x00\"'<>]+)?$(?!\n)", description="https://… or empty")
]
Words = Annotated[str, Meta(max_length=40_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
OptionalWords = Annotated[str, Meta(max_length=40_000, pattern=r"^[^\x00]*$")]
Places = Annotated[int, Meta(ge=1, le=10_000)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Amount = Annotated[int, Meta(ge=1, le=1_000_000)]

MOST_ROWS = 40
"""Dates, perks, partners or mentors of one thing."""


class BundleDetails(Body, frozen=True):
    """What the public reads of the bundle."""

    name_pl: Line
    name_en: OptionalLine = ""
    about_pl: Paragraphs = ""
    about_en: Paragraphs = ""


class ProgrammeDetails(Body, frozen=True):
    """What the public reads of a programme; `summary` is one line for lists."""

    name_pl: Line
    name_en: OptionalLine = ""
    summary_pl: OptionalLine = ""
    summary_en: OptionalLine = ""
    about_pl: Paragraphs = ""
    about_en: Paragraphs = ""


class EditionDetails(Body, frozen=True):
    """An edition: its names, its first and last day, how many take part, and the share of the minutes of
    its required meetings, in percent, that a certificate asks for."""

    name_pl: Line
    starts_on: date
    ends_on: date
    places: Places
    name_en: OptionalLine = ""
    about_pl: Paragraphs = ""
    about_en: Paragraphs = ""
    demo_day: date | None = None
    presence_percent: Percent = 80


class TermsText(Body, frozen=True):
    """A version of the terms and the first day on which it is in force."""

    text_pl: Words
    in_force_from: date
    text_en: OptionalWords = ""


class DateLine(Body, frozen=True):
    """A day that the public page tells of."""

    on_day: date
    name_pl: Line
    name_en: OptionalLine = ""


class PerkLine(Body, frozen=True):
    """What each participant gets: minutes, days or seats by `kind`; `other` has a name and no amount."""

    kind: PerkKind
    amount: Amount | None = None
    name_pl: OptionalLine = ""
    name_en: OptionalLine = ""


class PartnerLine(Body, frozen=True):
    """Who stands behind it, and as what."""

    name: Line
    url: Address = ""
    role_pl: OptionalLine = ""
    role_en: OptionalLine = ""


Dates = Annotated[list[DateLine], Meta(max_length=MOST_ROWS)]
Perks = Annotated[list[PerkLine], Meta(max_length=MOST_ROWS)]
Partners = Annotated[list[PartnerLine], Meta(max_length=MOST_ROWS)]
MentorKeys = Annotated[list[UUID], Meta(max_length=MOST_ROWS)]
