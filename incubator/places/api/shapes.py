"""What of places is said in JSON alone; the rest is in details.py and views.py."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.people.guards import coordinator, scope
from incubator.places.details import (
    GminaDetails,
    IncubatorDetails,
    Kind,
    Latitude,
    Longitude,
    QuotaLimits,
    SpaceDetails,
    SpaceRules,
    Status,
    Terc,
    Unit,
    ZoneNames,
)
from incubator.places.rules import Stretch, minute_of
from incubator.places.views import (
    ClosureView,
    ExceptionView,
    GminaView,
    HoursView,
    IncubatorBrief,
    QuotaView,
    SpaceView,
    View,
)
from incubator.web.bodies import Body, Line, OptionalLine, Slug
from incubator.web.problems import problems

DESK: dict[str, Any] = {
    "guards": [coordinator, scope("places:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 422),
}

Clock = Annotated[
    str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)", description="08:00; 24:00 ends a day")
]
Weekday = Annotated[int, Meta(ge=1, le=7, description="1 Monday … 7 Sunday")]


class Gminas(View, frozen=True):
    """A page of gminas; `next` goes into `after` for the one that follows."""

    items: list[GminaView]
    next: str | None = None


class Incubators(View, frozen=True):
    """A page of incubators."""

    items: list[IncubatorBrief]
    next: str | None = None


class Spaces(View, frozen=True):
    """A page of spaces."""

    items: list[SpaceView]
    next: str | None = None


class Quotas(View, frozen=True):
    """The quotas of an incubator."""

    items: list[QuotaView]


class Closures(View, frozen=True):
    """Closures that are not over."""

    items: list[ClosureView]


class SpaceHours(View, frozen=True):
    """The hours that a space has of its own; empty where it follows its incubator."""

    weekly: list[HoursView]
    exceptions: list[ExceptionView]


class Holiday(View, frozen=True):
    """A public holiday in Poland."""

    day: date
    name_pl: str
    name_en: str


class ThingMade(View, frozen=True):
    """What was made: how it is named from now on."""

    id: UUID


class NewGmina(Body, frozen=True):
    """A gmina for the bundle; `terc` is its official code."""

    terc: Terc
    slug: Slug
    name: Line
    kind: Line
    county: OptionalLine = ""
    population: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    details: GminaDetails = msgspec.field(default_factory=GminaDetails)


class NewIncubator(Body, frozen=True):
    """An incubator for a gmina; it begins as planned."""

    gmina: Slug
    code: Line
    slug: Slug
    details: IncubatorDetails


class NewStatus(Body, frozen=True):
    status: Status


class NewSpace(Body, frozen=True):
    """A space. With `parts` it is a joined room; a hot desk names its zone."""

    kind: Kind
    details: SpaceDetails
    rules: SpaceRules = msgspec.field(default_factory=SpaceRules)
    slug: Slug | None = None
    zone_id: UUID | None = None
    parts: Annotated[list[UUID], Meta(max_length=20)] = []


class Parts(Body, frozen=True):
    """The rooms that a joined room is made of."""

    parts: Annotated[list[UUID], Meta(max_length=20)]


class NewDesks(Body, frozen=True):
    """So many hot desks, called by these names and a number."""

    count: Annotated[int, Meta(ge=1, le=50)]
    names: ZoneNames
    rules: SpaceRules = msgspec.field(default_factory=SpaceRules)


class NewQuota(Body, frozen=True):
    """A quota; its unit stays."""

    unit: Unit
    limits: QuotaLimits


class Hours(Body, frozen=True):
    """Open on this weekday between these times of the clock in Warsaw."""

    weekday: Weekday
    opens: Clock
    closes: Clock

    def stretch(self) -> Stretch:
        return Stretch(self.weekday, minute_of(self.opens), minute_of(self.closes))


class Week(Body, frozen=True):
    """Weekly hours, all of them."""

    weekly: Annotated[list[Hours], Meta(max_length=42)]


class DayTimes(Body, frozen=True):
    """Open between these times of the day."""

    opens: Clock
    closes: Clock

    def stretch(self) -> Stretch:
        return Stretch(0, minute_of(self.opens), minute_of(self.closes))


class DifferentDay(Body, frozen=True):
    """The hours of one day; none means closed."""

    hours: Annotated[list[DayTimes], Meta(max_length=10)] = []
    note: OptionalLine = ""
