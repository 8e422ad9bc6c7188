"""What of prices is said in JSON alone; the rest is in details.py and views_lists.py."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from incubator.kernel.money import Amount, Vat
from incubator.people.guards import coordinator, public, scope
from incubator.pricing.details import ListDetails
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote, QuoteLine
from incubator.pricing.views_lists import PriceListBrief, View
from incubator.web.bodies import Body, Moment
from incubator.web.periods import period_of
from incubator.web.problems import problems

OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
ASK: dict[str, Any] = {"guards": [public], "responses": problems(403, 404, 422)}
DESK: dict[str, Any] = {
    "guards": [coordinator, scope("places:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}


class PriceLists(View, frozen=True):
    """The price lists of an incubator, the latest first."""

    items: list[PriceListBrief]


class NewList(Body, frozen=True, kw_only=True):
    """A draft; `copy_of` is a published list of the same incubator that it begins as."""

    details: ListDetails
    copy_of: UUID | None = None


class QuoteWish(Body, frozen=True, kw_only=True):
    """What is asked the price of: a space from `start` to `end` for so many `people`, with `extras` of the list. For
    whom: one of the asker's organisations, or with `category` any buyer of that kind, `at_home` in the gmina or not."""

    space_id: UUID
    start: Moment
    end: Moment
    people: Annotated[int, Meta(ge=1, le=10_000)] = 1
    extras: Annotated[list[UUID], Meta(max_length=60)] = []
    organisation_id: UUID | None = None
    category: Category | None = None
    at_home: bool = False

    def wish(self) -> Wish:
        """Raises EndBeforeStart, OutOfReach."""
        return Wish(period=period_of(self.start, self.end), people=self.people, extras=tuple(self.extras))


class Sum(View, frozen=True):
    """Grosz: net, tax, and both together."""

    net: int
    vat: int
    gross: int


class QuoteLineView(View, frozen=True):
    """A line: `quantity` of a `unit` at `price` grosz each, as the list states them. `market` is what it costs others."""

    kind: str
    text_pl: str
    text_en: str
    quantity: Decimal
    unit: str
    price: int
    vat: Vat
    basis: str
    amount: Sum
    market: Sum


class QuoteView(View, frozen=True):
    """What a wish comes to. Without `list_id` nothing is charged. `due` is gross with the deposit, which is given back."""

    gmina_id: UUID
    incubator_id: UUID
    list_id: UUID | None
    category: Category
    stated: str
    lines: list[QuoteLineView]
    amount: Sum
    market: Sum
    deposit: int
    due: int


def shown(quote: Quote) -> QuoteView:
    return QuoteView(
        gmina_id=quote.gmina_id,
        incubator_id=quote.incubator_id,
        list_id=quote.list_id,
        category=quote.category,
        stated=quote.stated,
        lines=[_line(line) for line in quote.lines],
        amount=_sum(quote.amount),
        market=_sum(quote.market),
        deposit=quote.deposit,
        due=quote.due,
    )


def _line(line: QuoteLine) -> QuoteLineView:
    return QuoteLineView(
        kind=line.kind,
        text_pl=line.text_pl,
        text_en=line.text_en,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        vat=line.vat,
        basis=line.basis,
        amount=_sum(line.amount),
        market=_sum(line.market),
    )


def _sum(amount: Amount) -> Sum:
    return Sum(net=amount.net, vat=amount.vat, gross=amount.gross)
