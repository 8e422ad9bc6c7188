"""What is shown of programmes, on a page and as JSON alike."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.programmes.states import Phase


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class PartnerView(View, frozen=True):
    """Who stands behind it."""

    name: str
    url: str
    role_pl: str
    role_en: str


class BundleView(View, frozen=True):
    """The bundle that the programmes belong to."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    about_pl: str
    about_en: str
    partners: list[PartnerView]
    version: int


class EditionBrief(View, frozen=True):
    """An edition in a list. `opens_at` and `closes_at` are those of its call once that is published;
    `phase` is where it stands now."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    starts_on: date
    ends_on: date
    demo_day: date | None
    places: int
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    phase: Phase


class ProgrammeBrief(View, frozen=True):
    """A programme in a list, with the editions that the asker may know of. Without a gmina the
    metropolis office runs it."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    summary_pl: str
    summary_en: str
    state: str
    gmina_id: UUID | None
    gmina_slug: str | None
    gmina_name: str | None
    editions: list[EditionBrief]


class ProgrammeInFull(View, frozen=True):
    """A programme with all that is said of it."""

    brief: ProgrammeBrief
    about_pl: str
    about_en: str
    partners: list[PartnerView]
    version: int


class DateView(View, frozen=True):
    """A day that the edition tells of."""

    on_day: date
    name_pl: str
    name_en: str


class PerkView(View, frozen=True):
    """What each participant gets."""

    kind: str
    amount: int | None
    name_pl: str
    name_en: str


class MentorBrief(View, frozen=True):
    """A mentor of the edition; their page is /mentors/{slug}."""

    id: UUID
    slug: str
    name: str
    headline_pl: str
    headline_en: str


class TermsBrief(View, frozen=True):
    """A version of the terms; the text is read by its number."""

    version: int
    in_force_from: date
    published_at: datetime


class TermsView(View, frozen=True):
    """A version of the terms in full."""

    version: int
    in_force_from: date
    published_at: datetime
    text_pl: str
    text_en: str


class EditionInFull(View, frozen=True):
    """An edition with all that is said of it. `terms_in_force` is the version that counts today, or the
    first to come."""

    brief: EditionBrief
    programme_slug: str
    programme_name_pl: str
    programme_name_en: str
    programme_state: str
    gmina_id: UUID | None
    about_pl: str
    about_en: str
    presence_percent: int
    places_taken: int
    dates: list[DateView]
    perks: list[PerkView]
    perks_frozen: bool
    mentors: list[MentorBrief]
    partners: list[PartnerView]
    terms: list[TermsBrief]
    terms_in_force: int | None
    version: int
