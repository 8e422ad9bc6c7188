"""What is shown of a price list, on a page and as JSON alike."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from incubator.kernel.money import Vat
from incubator.pricing.states import Category, PaysFirst, Per, Unit
from incubator.pricing.views_passes import PassProductView


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class RateView(View, frozen=True):
    """What a unit costs a kind of buyer, in grosz."""

    category: Category
    local_only: bool
    unit: Unit
    from_unit: int
    price: int
    market: int | None


class PricedSpace(View, frozen=True):
    """A space that a tariff is for."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str


class TariffView(View, frozen=True):
    """Prices that some spaces share."""

    id: UUID
    position: int
    name_pl: str
    name_en: str
    vat: Vat
    basis: str
    step_minutes: int
    half_day_minutes: int
    day_minutes: int | None
    deposit: int
    deposit_above_minutes: int
    peak_weekdays: list[int]
    peak_from: int
    peak_until: int
    peak_percent: int
    rates: list[RateView]
    spaces: list[PricedSpace]


class ExtraView(View, frozen=True):
    """Something that can be had besides the space."""

    id: UUID
    position: int
    name_pl: str
    name_en: str
    per: Per
    price: int
    market: int | None
    vat: Vat
    basis: str


class StepView(View, frozen=True):
    """Who calls off at least `before_minutes` before it begins gets `percent` of the price back."""

    before_minutes: int
    percent: int

    def until(self, begins: datetime) -> datetime:
        """Till when one gets so much of what begins then."""
        return begins - timedelta(minutes=self.before_minutes)


class PriceListBrief(View, frozen=True):
    """A list among others. `in_force` today, `coming` later; neither where it is a draft or replaced."""

    id: UUID
    incubator_id: UUID
    gmina_id: UUID
    name_pl: str
    name_en: str
    act_number: str
    act_day: date | None
    act_url: str
    in_force_from: date
    stated: str
    startups_incubated: bool
    pays_first: PaysFirst
    due_days: int
    state: str
    in_force: bool
    coming: bool
    published_at: datetime | None
    copied_from: UUID | None
    version: int


class PriceListView(PriceListBrief, frozen=True):
    """A list whole, with the incubator that it belongs to. `steps` say what goes back to who calls off, the one with
    the most time first; without any, all of it within the window of the space."""

    incubator_slug: str
    incubator_name: str
    tariffs: list[TariffView]
    extras: list[ExtraView]
    steps: list[StepView]
    passes: list[PassProductView]
