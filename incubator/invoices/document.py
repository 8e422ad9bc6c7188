"""What an invoice says. A document is values alone, kept as they were when it was issued, whatever becomes of the
price list, the buyer or the gmina; the page, the paper and the structured file are all made of it.

The taxpayer is the gmina (`Seller`). The incubator that issues the invoice for it is a `Unit` of it, as the unit of
a public body can be that receives what the body buys. Money is grosz; a line states its price net or gross.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from incubator.kernel.money import Amount, Vat

POLAND = "PL"


class InvoiceKind(StrEnum):
    INVOICE = "invoice"
    ADVANCE = "advance"
    CORRECTION = "correction"


class PaymentForm(StrEnum):
    """How it was paid or is to be paid."""

    CARD = "card"
    TRANSFER = "transfer"
    MOBILE = "mobile"


class Stated(StrEnum):
    """Whether the price of a line, and so its whole amount, is without the tax or with it."""

    NET = "net"
    GROSS = "gross"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Street and house, then postcode and town; `country` by its two letters (countries.py)."""

    line1: str
    line2: str = ""
    country: str = POLAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    name: str
    nip: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a taxpayer that is none itself. It may have a NIP of its own or an `internal_id`, which is the
    taxpayer's NIP, a hyphen and five digits."""

    name: str
    address: Address | None = None
    nip: str = ""
    internal_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A company or public body with its NIP, or a person without one. Who is known abroad has a number for VAT in the
    EU (`eu_vat`, with its prefix: DE136695976) or another of their country (`foreign_id`); at most one of the three.
    `is_jst`: the invoice concerns a unit of a local government; `is_vat_group`: a member of a VAT group. The unit or
    member is the `recipient`.

    Whoever buys, the tax is Polish: what an incubator sells is the use of its rooms, a service connected with immovable
    property (ustawa o VAT, art. 28e), and entry to what happens in them (art. 28g), taxed where they are."""

    name: str
    address: Address
    nip: str = ""
    eu_vat: str = ""
    foreign_id: str = ""
    recipient: Unit | None = None
    is_jst: bool = False
    is_vat_group: bool = False

    @property
    def number(self) -> str:
        """By what they are known for taxes; empty for who has no such number."""
        return self.nip or self.eu_vat or self.foreign_id

    @property
    def abroad(self) -> bool:
        return self.address.country != POLAND


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """`quantity` times `price`, in grosz and `stated` net or gross, is what `amount` comes from. An exempt line says
    the provision that it is exempt by (`basis`)."""

    text_pl: str
    quantity: Decimal
    unit: str
    price: int
    stated: Stated
    vat: Vat
    amount: Amount
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPaid:
    """Grosz of the invoice's sum that came on a day."""

    amount: int
    paid_on: date
    form: PaymentForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Paid on a day, or due on one; `account` is where a transfer goes. `parts` are what came of it, where it did not
    come at once: of what is due what is there already, of what is paid all of it."""

    form: PaymentForm
    paid_on: date | None = None
    due_on: date | None = None
    account: str = ""
    parts: tuple[PartPaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The invoice that a correction is of, and its lines as they stood before it: after earlier corrections. `buyer` is
    whom it named before, where the correction is of that and of no amount."""

    kind: InvoiceKind
    number: str
    issued_on: date
    reason: str
    before: tuple[SoldLine, ...]
    buyer: Buyer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`lines` are those of the invoice; of an advance, the whole order that it pays for; of a correction, the lines
    as they are from now on. `supplied_on` is when it was done; of an advance, when the money came."""

    kind: InvoiceKind
    number: str
    issued_on: date
    supplied_on: date
    made_at: datetime
    seller: Seller
    unit: Unit
    buyer: Buyer
    lines: tuple[SoldLine, ...]
    payment: Payment
    corrected: Corrected | None = None

    @property
    def of_advance(self) -> bool:
        """An advance, or the correction of one."""
        return (self.corrected.kind if self.corrected else self.kind) is InvoiceKind.ADVANCE

    @property
    def buyer_before(self) -> Buyer | None:
        """Whom it named before, of a correction of the buyer's name or address; such a one changes no amount."""
        return self.corrected.buyer if self.corrected else None

    @property
    def bases(self) -> str:
        """The provisions by which lines are exempt."""
        return "; ".join(dict.fromkeys(line.basis for line in self.lines if line.vat is Vat.EXEMPT))


UNITS_PL = {
    "hour": "godz.",
    "half_day": "pół dnia",
    "day": "dzień",
    "month": "miesiąc",
    "entry": "wejście",
    "piece": "szt.",
    "service": "usł.",
}
"""Units of a line, as invoices write them."""
