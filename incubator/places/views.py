"""What the catalogue shows, on a page and as JSON alike."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.places.details import SpaceRules


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class IncubatorBrief(View, frozen=True):
    """An incubator in a list: `kinds` of the `spaces` that can be booked in it."""

    id: UUID
    slug: str
    name: str
    status: str
    town: str
    kinds: list[str]
    spaces: int


class GminaView(View, frozen=True):
    """A gmina with its incubators."""

    id: UUID
    terc: str
    slug: str
    name: str
    kind: str
    county: str
    population: int
    brand_pl: str
    brand_en: str
    specialisations_pl: list[str]
    specialisations_en: list[str]
    latitude: float | None
    longitude: float | None
    incubators: list[IncubatorBrief]
    version: int


class HoursView(View, frozen=True):
    """Open on `weekday` (1 Monday … 7 Sunday) between times of the clock in Warsaw, 00:00–24:00."""

    weekday: int
    opens: str
    closes: str


class ExceptionView(View, frozen=True):
    """Hours of one day instead of the weekly ones; none of them means closed."""

    day: date
    hours: list[list[str]]
    note: str


class ZoneView(View, frozen=True):
    """A zone and how many hot desks stand in it."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    desks: int


class ClosureView(View, frozen=True):
    """A closure of a space, an incubator, or (both empty) a whole gmina."""

    id: UUID
    gmina_id: UUID
    incubator_id: UUID | None
    space_id: UUID | None
    start: datetime
    end: datetime
    reason_pl: str
    reason_en: str


class QuotaView(View, frozen=True):
    """How many minutes one organisation or private person may book in a `unit`, and how many spaces
    share it."""

    id: UUID
    name: str
    unit: str
    organisation_minutes: int | None
    person_minutes: int | None
    spaces: int


class IncubatorView(View, frozen=True):
    """An incubator with its hours, the coming exceptions and closures, and its zones."""

    id: UUID
    gmina_id: UUID
    gmina_slug: str
    gmina_name: str
    code: str
    slug: str
    name: str
    funding_programme: str
    street: str
    postcode: str
    town: str
    latitude: float | None
    longitude: float | None
    email: str
    phone: str
    description_pl: str
    description_en: str
    terms_pl: str
    terms_en: str
    status: str
    version: int
    hours: list[HoursView]
    exceptions: list[ExceptionView]
    zones: list[ZoneView]
    closures: list[ClosureView]


class PhotoView(View, frozen=True):
    """A photo, at `path`, and what it shows."""

    id: UUID
    path: str
    alt_pl: str
    alt_en: str


class SpaceView(View, frozen=True):
    """A space with its rules. `parts` are the rooms that a joined one is made of; `drawing` stands
    in where there is no photo."""

    id: UUID
    slug: str
    kind: str
    name_pl: str
    name_en: str
    description_pl: str
    description_en: str
    capacity: int
    area_m2: int | None
    equipment: list[str]
    step_free: bool
    induction_loop: bool
    accessible_wc: bool
    position: int
    zone_id: UUID | None
    incubator_id: UUID
    incubator_slug: str
    incubator_name: str
    incubator_status: str
    gmina_id: UUID
    gmina_slug: str
    gmina_name: str
    parts: list[UUID]
    photos: list[PhotoView]
    drawing: str
    rules: SpaceRules
    version: int
