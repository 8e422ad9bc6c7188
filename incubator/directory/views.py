"""What is shown of companies: the same for the page and the JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialisationView:
    """A local specialisation. `companies` counts who is shown under it; `retired` ones are chosen no more."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    retired: bool
    companies: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialisationName:
    slug: str
    name_pl: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbassadorView:
    """The mark of an innovation ambassador, given by a gmina on a day."""

    gmina_name: str
    reason: str
    given_on: date
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLine:
    """A company in a list."""

    id: UUID
    slug: str
    name: str
    gmina_slug: str
    gmina_name: str
    town: str
    makes_pl: str
    makes_en: str
    looking_for_pl: str
    looking_for_en: str
    offers_pl: str
    offers_en: str
    specialisations: list[SpecialisationName]
    sections: list[str]
    ambassador: bool
    logo_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyView:
    """A company as everybody sees it. `source` and `source_day`: the public register that it was taken
    from, and when; empty for a company that shows itself."""

    id: UUID
    slug: str
    name: str
    gmina_slug: str
    gmina_name: str
    sole_trader: bool
    nip: str | None
    regon: str | None
    krs: str | None
    pkd_2007: list[str]
    pkd_2025: list[str]
    sections: list[str]
    makes_pl: str
    makes_en: str
    looking_for_pl: str
    looking_for_en: str
    offers_pl: str
    offers_en: str
    town: str
    website: str
    email: str
    phone: str
    specialisations: list[SpecialisationName]
    ambassador: AmbassadorView | None
    logo_id: UUID | None
    source: str
    source_day: date | None
    confirmed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfileView:
    """A company's profile for those who keep it: with its state and version. `hidden_because` is
    "owner", "stale", "desk" or empty; of the last, `withheld_reason` says why, where that was kept."""

    company: CompanyView
    organisation_id: UUID | None
    gmina_id: UUID
    state: str
    hidden_because: str
    withheld_reason: str
    publish_at: datetime | None
    reminders: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of what was found. `total` is exact up to `MOST`; `words` are those to be marked;
    `instead` are words that were taken for a mistyped one."""

    companies: list[CompanyLine]
    total: int
    more: bool
    next: str | None
    words: list[str]
    instead: list[str]
