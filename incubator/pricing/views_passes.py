"""What is shown of the passes on a price list."""

from uuid import UUID

import msgspec

from incubator.kernel.money import Vat
from incubator.pricing.details_passes import PassKind
from incubator.pricing.states import Category


class PassPriceView(msgspec.Struct, kw_only=True, frozen=True):
    """What a pass costs a kind of buyer, in grosz."""

    category: Category
    local_only: bool
    price: int
    market: int | None


class PassProductView(msgspec.Struct, kw_only=True, frozen=True):
    """A pass that a list offers: so many minutes of rooms, or days at desks."""

    id: UUID
    position: int
    name_pl: str
    name_en: str
    kind: PassKind
    amount: int
    valid_days: int
    vat: Vat
    basis: str
    prices: list[PassPriceView]
