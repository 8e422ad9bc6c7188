"""What people say of a place when they add or change it: bodies of requests, forms, and the
arguments of the verbs alike. Polish is asked for; where the English is empty, Polish is shown.
"""

from typing import Annotated, Literal, TypeVar
from uuid import UUID

import asyncpg
import msgspec
from msgspec import UNSET, Meta

from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs

MAX_INTEGER = 2_147_483_647

Kind = Literal["room", "hot_desk", "dedicated_desk", "private_office"]
Status = Literal["planned", "open", "closed"]
Audience = Literal["person", "startup", "company", "ngo", "public"]
Unit = Literal["week", "month"]
Tag = Annotated[str, Meta(max_length=60, pattern=r"^[^\x00\r\n]*\S[^\x00\r\n]*$(?!\n)")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Terc = Annotated[str, Meta(pattern=r"^[0-9]{7}$(?!\n)")]
Minutes = Annotated[int, Meta(ge=0, le=527_040)]
"""Up to 366 days."""

EMAIL = r"^([^@\s\x00]{1,64}@[^@\s\x00]{1,190})?$(?!\n)"

EVERYBODY: tuple[Audience, ...] = ("person", "startup", "company", "ngo", "public")


class GminaDetails(Body, frozen=True):
    """How a gmina shows itself: its brand in a line, its local specialisations."""

    brand_pl: OptionalLine = ""
    brand_en: OptionalLine = ""
    specialisations_pl: Annotated[list[Tag], Meta(max_length=20)] = []
    specialisations_en: Annotated[list[Tag], Meta(max_length=20)] = []


class IncubatorDetails(Body, frozen=True):
    """What the public reads of an incubator."""

    name: Line
    funding_programme: OptionalLine = ""
    street: OptionalLine = ""
    postcode: Annotated[str, Meta(pattern=r"^([0-9]{2}-[0-9]{3})?$(?!\n)")] = ""
    town: OptionalLine = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    email: Annotated[str, Meta(max_length=254, pattern=EMAIL)] = ""
    phone: Annotated[str, Meta(max_length=40, pattern=r"^[0-9+() -]*$(?!\n)")] = ""
    description_pl: Paragraphs = ""
    description_en: Paragraphs = ""
    terms_pl: Paragraphs = ""
    terms_en: Paragraphs = ""


class SpaceDetails(Body, frozen=True):
    """What the public reads of a space. `position` orders the spaces of an incubator."""

    name_pl: Line
    name_en: OptionalLine = ""
    description_pl: Paragraphs = ""
    description_en: Paragraphs = ""
    capacity: Annotated[int, Meta(ge=1, le=10_000)] = 1
    area_m2: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    equipment: Annotated[list[Tag], Meta(max_length=40)] = []
    step_free: bool = False
    induction_loop: bool = False
    accessible_wc: bool = False
    position: Annotated[int, Meta(ge=0, le=10_000)] = 0


class SpaceRules(Body, frozen=True):
    """Who may book a space, when, and for how long; see places/tables.py:Space."""

    grid_minutes: Annotated[int, Meta(ge=1, le=1440)] = 30
    shortest_minutes: Annotated[int, Meta(ge=1, le=527_040)] = 30
    longest_minutes: Annotated[int, Meta(ge=1, le=527_040)] = 480
    lead_minutes: Minutes = 0
    horizon_days: Annotated[int, Meta(ge=1, le=1100)] = 90
    turnaround_minutes: Annotated[int, Meta(ge=0, le=1440)] = 0
    needs_approval: bool = False
    pending_blocks: bool = False
    audience: Annotated[list[Audience], Meta(max_length=5)] = msgspec.field(default_factory=lambda: list(EVERYBODY))
    local_only: bool = False
    cancel_minutes: Minutes = 0
    hold_minutes: Annotated[int, Meta(ge=1, le=1440)] = 15
    quota_id: UUID | None = None
    closed_on_holidays: bool = True


class QuotaLimits(Body, frozen=True):
    """The limits of a quota in minutes for each week or month; none given, no limit."""

    name: Line
    organisation_minutes: Annotated[int, Meta(ge=0, le=527_040)] | None = None
    person_minutes: Annotated[int, Meta(ge=0, le=527_040)] | None = None


class ZoneNames(Body, frozen=True):
    """What a zone of hot desks is called."""

    name_pl: Line
    name_en: OptionalLine = ""


S = TypeVar("S", bound=msgspec.Struct)


def picked(row: asyncpg.Record, shape: type[S]) -> S:
    """The fields of `shape` out of a wider row."""
    return shape(**{name: row[name] for name in shape.__struct_fields__})


def differences(before: msgspec.Struct, after: msgspec.Struct, *, untold: frozenset[str] = frozenset()) -> list[object]:
    """What changed, for the history: the fields that differ as they were, and as they are. Of those
    in `untold` (they may name a person) only that they changed."""
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    changed = [name for name in new if old.get(name, UNSET) != new[name]]
    return [{name: "…" if name in untold else side[name] for name in changed} for side in (old, new)]
