"""What a quote says: lines that explain themselves in both languages, and their sums."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from incubator.kernel.money import Amount, Vat, total
from incubator.pricing.states import Category as Category


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """`kind` is "space", "peak", "extra" or "entry"; `quantity` counts `unit`s ("hour", "half_day", "day",
    "month", "entry", "piece"), each at `price` grosz as the list states it. `amount` is the whole line,
    `market` the same at market prices. `basis` says why it is exempt, where it is."""

    kind: str
    text_pl: str
    text_en: str
    quantity: Decimal
    unit: str
    price: int
    vat: Vat
    amount: Amount
    market: Amount
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a wish comes to. Without a `list_id` nothing is charged here. `stated` ("net" or "gross") is how
    prices of lines are meant; `deposit` is given back and bears no tax."""

    gmina_id: UUID
    incubator_id: UUID
    list_id: UUID | None
    category: Category
    stated: str
    lines: tuple[QuoteLine, ...]
    deposit: int

    @property
    def amount(self) -> Amount:
        return total(line.amount for line in self.lines)

    @property
    def market(self) -> Amount:
        return total(line.market for line in self.lines)

    @property
    def due(self) -> int:
        """All that is to be paid, in grosz: gross with the deposit."""
        return self.amount.gross + self.deposit
