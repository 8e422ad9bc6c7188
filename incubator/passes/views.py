"""A pass as pages and programs see it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from incubator.kernel.period import WARSAW
from incubator.passes.states import PassState
from incubator.pricing.details_passes import PassKind


class PassView(msgspec.Struct, kw_only=True, frozen=True):
    """Whose it is, for what and where it is good, what is left of it. `amount` and `drawn` are minutes for room_minutes,
    days for desk_days. `holder` is empty where the person left. Grosz: `net` and `vat` as bought, `back` what was
    given back of both."""

    id: UUID
    gmina_id: UUID
    gmina_name: str
    incubator_id: UUID
    incubator_name: str
    organisation_id: UUID | None
    account_id: UUID | None
    holder: str
    product_id: UUID
    list_id: UUID
    name_pl: str
    name_en: str
    kind: PassKind
    amount: int
    valid_days: int
    state: PassState
    quote_id: UUID
    net: int
    vat: int
    back: int
    charge_id: UUID | None
    due_at: datetime | None
    credit_id: UUID | None
    valid_from: datetime | None
    valid_until: datetime | None
    drawn: int
    left: int
    created_at: datetime
    live_at: datetime | None
    ended_at: datetime | None
    version: int

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be used."""
        if self.valid_until is None:
            return None
        return (self.valid_until - timedelta(microseconds=1)).astimezone(WARSAW).date()


class UseView(msgspec.Struct, kw_only=True, frozen=True):
    """A booking that drew on a pass."""

    booking_id: UUID
    space_name_pl: str
    space_name_en: str
    start: datetime
    end: datetime
    state: str
    amount: int
