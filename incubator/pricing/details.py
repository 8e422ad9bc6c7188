"""What coordinators say of a price list: bodies of requests, forms, and the arguments of the verbs alike.
Amounts are whole grosz; Polish is asked for, and shown where the English is empty."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.kernel.money import Vat
from incubator.pricing.states import Category, PaysFirst, Per, Unit
from incubator.web.bodies import Body, Line, OptionalLine

MOST_RATES, MOST_TARIFFS, MOST_EXTRAS = 120, 40, 60
Grosz = Annotated[int, Meta(ge=0, le=100_000_000)]
Minute = Annotated[int, Meta(ge=0, le=1440)]
Weekdays = Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(max_length=7)]
Address = Annotated[str, Meta(max_length=500, pattern=r"^(https?://[^\s\x00]+)?$(?!\n)")]
Position = Annotated[int, Meta(ge=0, le=10_000)]


class ListDetails(Body, frozen=True, kw_only=True):
    """A price list with the act that adopts it. `startups_incubated`: every startup pays as those do that
    take part in a programme. `pays_first`: whose bookings are firm only once they are paid; `due_days`: how long a
    transfer may take. Left out, both are as in the list that it is a copy of, or stay as they are."""

    name_pl: Line
    name_en: OptionalLine = ""
    act_number: OptionalLine = ""
    act_day: date | None = None
    act_url: Address = ""
    in_force_from: date
    stated: Literal["net", "gross"] = "gross"
    startups_incubated: bool = False
    pays_first: PaysFirst | None = None
    due_days: Annotated[int, Meta(ge=1, le=60)] | None = None


class RateLine(Body, frozen=True, kw_only=True):
    """What one `unit` costs a `category` of buyers, in grosz; of hours, from the `from_unit`th of a day on."""

    category: Category
    local_only: bool = False
    unit: Unit
    from_unit: Annotated[int, Meta(ge=1, le=24)] = 1
    price: Grosz
    market: Grosz | None = None


class TariffDetails(Body, frozen=True, kw_only=True):
    """How prices of some spaces count; see pricing/tables.py:Tariff."""

    name_pl: Line
    name_en: OptionalLine = ""
    position: Position = 0
    vat: Vat = Vat.STANDARD
    basis: OptionalLine = ""
    step_minutes: Literal[15, 30, 60] = 60
    half_day_minutes: Annotated[int, Meta(ge=60, le=720)] = 240
    day_minutes: Annotated[int, Meta(ge=60, le=1440)] | None = None
    deposit: Grosz = 0
    deposit_above_minutes: Annotated[int, Meta(ge=0, le=527_040)] = 0
    peak_weekdays: Weekdays = []
    peak_from: Minute = 0
    peak_until: Minute = 0
    peak_percent: Annotated[int, Meta(ge=0, le=500)] = 0


class TariffWish(Body, frozen=True, kw_only=True):
    """A tariff whole: how it counts, what it costs, for which spaces."""

    details: TariffDetails
    rates: Annotated[list[RateLine], Meta(max_length=MOST_RATES)] = []
    space_ids: Annotated[list[UUID], Meta(max_length=500)] = []


class ExtraDetails(Body, frozen=True, kw_only=True):
    """What can be had besides the space, and by what it counts."""

    name_pl: Line
    name_en: OptionalLine = ""
    position: Position = 0
    per: Per = Per.BOOKING
    price: Grosz
    market: Grosz | None = None
    vat: Vat = Vat.STANDARD
    basis: OptionalLine = ""
