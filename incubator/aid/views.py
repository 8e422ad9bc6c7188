"""Aid as pages and programs see it. Money in grosz and euro cents, as the names say."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class AidEntryView(msgspec.Struct, kw_only=True, frozen=True):
    """A grant, or with `reverses` one taken back: net price at the market, as charged, the difference in grosz and
    in euro cents by the central bank's table of that day. Name, NIP, seat and size of the company are those of the day
    of the grant. `minutes` are of what is given by the hour, times seats. `about` is what
    the space, the session or the pass is called, and `begins` when it is, as they stand today. `certificate` is the number of the issued
    certificate."""

    id: UUID
    gmina_id: UUID
    gmina_name: str
    organisation_id: UUID
    organisation_gmina_id: UUID
    organisation_name: str
    nip: str | None
    address: str
    size: str
    subject_kind: str
    subject_id: UUID
    minutes: int | None
    granted_on: date
    market: int
    charged: int
    amount: int
    amount_cents: int
    rate: int
    rate_day: date
    rate_table: str
    basis: str
    benchmark: str
    reverses: UUID | None
    reversed: bool
    certificate: str | None
    report_id: UUID | None
    about_pl: str
    about_en: str
    begins: datetime | None


class AidPage(msgspec.Struct, kw_only=True, frozen=True):
    """Entries, the latest first; `next` is where the list goes on."""

    items: list[AidEntryView]
    next: str | None


class ElsewhereView(msgspec.Struct, kw_only=True, frozen=True):
    """Aid from somebody else, as the undertaking declared it."""

    id: UUID
    organisation_id: UUID
    granted_on: date
    provider: str
    amount_cents: int


class LinkedView(msgspec.Struct, kw_only=True, frozen=True):
    """An organisation of the same undertaking, and by what it is linked; who said so, and since when."""

    organisation_id: UUID
    name: str
    nip: str | None
    because: str
    since: datetime
    linked_by: str | None


class StandingView(msgspec.Struct, kw_only=True, frozen=True):
    """How an undertaking stands today: granted here and elsewhere since `window_from`, of the ceiling. `declared_at`
    is when it last said that nothing is missing; `declared_until` the last day on which that is good. Seat and size
    are as the organisation said them last."""

    organisation_id: UUID
    window_from: date
    granted_cents: int
    elsewhere_cents: int
    ceiling_cents: int
    basis: str
    declared_at: datetime | None
    declared_until: date | None
    linked: list[LinkedView]
    address: str
    size: str

    @property
    def left_cents(self) -> int:
        return max(self.ceiling_cents - self.granted_cents - self.elsewhere_cents, 0)


class LimitView(msgspec.Struct, kw_only=True, frozen=True):
    """A ceiling and the days on which it counts."""

    valid_from: date
    valid_until: date | None
    ceiling_cents: int
    years: int
    declared_days: int
    basis: str


class RateView(msgspec.Struct, kw_only=True, frozen=True):
    """A day's mean rate of the euro, ten-thousandths of a złoty."""

    day: date
    rate: int
    table_number: str


class ReportView(msgspec.Struct, kw_only=True, frozen=True):
    """What a gmina hands in for some days: how many entries and how much; a draft until a person approved it."""

    id: UUID
    gmina_id: UUID
    gmina_name: str
    first_day: date
    last_day: date
    entries: int
    amount: int
    amount_cents: int
    made_at: datetime
    approved_at: datetime | None
