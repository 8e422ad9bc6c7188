"""What coordinators say of a pass on a price list. Amounts are whole grosz."""

from typing import Annotated, Literal

from msgspec import Meta

from incubator.kernel.money import Vat
from incubator.pricing.details import Grosz, Position
from incubator.pricing.states import Category
from incubator.web.bodies import Body, Line, OptionalLine

MOST_PASSES, MOST_PASS_PRICES = 20, 10
PassKind = Literal["room_minutes", "desk_days"]


class PassDetails(Body, frozen=True, kw_only=True):
    """So many minutes of rooms or days at desks, good for `valid_days` days from the day on which they are paid."""

    name_pl: Line
    name_en: OptionalLine = ""
    position: Position = 0
    kind: PassKind
    amount: Annotated[int, Meta(ge=1, le=1_000_000)]
    valid_days: Annotated[int, Meta(ge=1, le=1100)]
    vat: Vat = Vat.STANDARD
    basis: OptionalLine = ""


class PassPriceLine(Body, frozen=True, kw_only=True):
    """What the pass costs a `category` of buyers, in grosz. Without `market`, the commercial price is the market's."""

    category: Category
    local_only: bool = False
    price: Grosz
    market: Grosz | None = None


class PassWish(Body, frozen=True, kw_only=True):
    """A pass whole: what it is, and what it costs whom."""

    details: PassDetails
    prices: Annotated[list[PassPriceLine], Meta(min_length=1, max_length=MOST_PASS_PRICES)]
