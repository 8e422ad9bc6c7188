"""What a document has to be before it gets a number: complete as art. 106e asks, its lines right to the grosz, and
such that the structured file can hold it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from incubator.invoices.document import Address, Buyer, Corrected, Document, Payment, Seller, SoldLine, Unit
from incubator.invoices.foreign import country, must_fit
from incubator.invoices.sums import amount_of, worth
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.money import Vat

MOST_LINES = 500
MOST_PARTS = 100
MOST_GROSZ = 10**13
MOST_QUANTITY = 10**7
# What the structured file takes for a NIP; a right check digit is asked for where one is typed.
NIP = re.compile(r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}")
ACCOUNT = re.compile(r"[0-9A-Z]{10,34}")
INTERNAL_ID = re.compile(rf"{NIP.pattern}-[0-9]{{5}}")
# XML can hold no other.
UNSAYABLE = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FIRST_DAY, LAST_DAY = date(2016, 7, 1), date(2049, 12, 31)
FA3_FROM = datetime(2025, 9, 1, tzinfo=UTC)


class NothingToInvoice(Invalid):
    """No line, or nothing charged."""

    code = "nothing_to_invoice"
    sentence = N_("Nothing was charged here, so there is nothing to invoice.")


@dataclass(eq=False)
class LineDoesNotAdd(Invalid):
    """A line whose amount is not quantity times price, with the tax of its rate."""

    code = "line_does_not_add"
    sentence = N_("The line “{line}” does not add up: quantity times price is another amount.")
    line: str


@dataclass(eq=False)
class OutOfScope(Invalid):
    """What the tax does not know is told in an accounting note, not in an invoice."""

    code = "out_of_scope_not_invoiced"
    sentence = N_("“{line}” is outside the scope of VAT: an accounting note is made for it, not an invoice.")
    line: str


@dataclass(eq=False)
class BasisMissing(Invalid):
    code = "exemption_basis_missing"
    sentence = N_("“{line}” is exempt from VAT, so the invoice has to name the provision that says so.")
    line: str


@dataclass(eq=False)
class NotForAnInvoice(Invalid):
    """`what` is empty, too long, or holds what an invoice cannot."""

    code = "not_for_an_invoice"
    sentence = N_(
        "Something here cannot stand on an invoice. Please check that names and addresses are there, not too long, and plain text."
    )
    what: str


class RecipientMissing(Invalid):
    code = "recipient_missing"
    sentence = N_("For a unit of a local government or a member of a VAT group, give its name and its NIP or internal identifier.")  # fmt: skip


class HowPaid(Invalid):
    code = "paid_or_due"
    sentence = N_("An invoice says when it was paid or when it is due, and where a transfer that is due goes.")


def plain(text: str, *, what: str, most: int = 512, needed: bool = True) -> str:
    """One line, blanks folded. Raises NotForAnInvoice."""
    clean = " ".join(text.split())
    if len(clean) > most or UNSAYABLE.search(clean) or (needed and not clean):
        raise NotForAnInvoice(what)
    return clean


def whole(document: Document) -> Document:
    """The document with its texts folded. Raises NothingToInvoice, LineDoesNotAdd, OutOfScope, BasisMissing,
    NotForAnInvoice, NoSuchCountry, BadTaxNumber, RecipientMissing, HowPaid."""
    if document.made_at < FA3_FROM:
        raise NotForAnInvoice("day")
    made = replace(
        document,
        number=plain(document.number, what="number", most=256),
        issued_on=whole_day(document.issued_on),
        supplied_on=whole_day(document.supplied_on),
        seller=whole_seller(document.seller),
        unit=whole_unit(document.unit),
        buyer=whole_buyer(document.buyer),
        lines=_lines(document.lines, least=0 if document.corrected else 1),
        payment=whole_payment(document.payment),
        corrected=_corrected(document.corrected) if document.corrected else None,
    )
    plain(made.bases, what="basis", most=256, needed=False)
    return made


def _corrected(corrected: Corrected) -> Corrected:
    return replace(
        corrected,
        number=plain(corrected.number, what="number", most=256),
        issued_on=whole_day(corrected.issued_on),
        reason=plain(corrected.reason, what="reason", most=256),
        before=_lines(corrected.before, least=1),
        buyer=whole_buyer(corrected.buyer) if corrected.buyer else None,
    )


def _lines(lines: Sequence[SoldLine], *, least: int) -> tuple[SoldLine, ...]:
    checked = tuple(_line(line) for line in lines)
    if not 1 <= len(checked) <= MOST_LINES or not least <= worth(checked).gross <= MOST_GROSZ:
        raise NothingToInvoice()
    return checked


def _line(line: SoldLine) -> SoldLine:
    text = plain(line.text_pl, what="text")
    if line.vat is Vat.OUT_OF_SCOPE:
        raise OutOfScope(text)
    basis = plain(line.basis, what="basis", most=256, needed=False) if line.vat is Vat.EXEMPT else ""
    if line.vat is Vat.EXEMPT and not basis:
        raise BasisMissing(text)
    measured = line.quantity.is_finite() and line.quantity == round(line.quantity, 3)
    if not measured or not 0 <= line.quantity <= MOST_QUANTITY or not 0 <= line.price <= MOST_GROSZ:
        raise LineDoesNotAdd(text)
    if line.amount != amount_of(quantity=line.quantity, price=line.price, stated=line.stated, vat=line.vat):
        raise LineDoesNotAdd(text)
    quantity = Decimal(f"{line.quantity.normalize():f}")
    return replace(line, text_pl=text, quantity=quantity, unit=plain(line.unit, what="unit", most=256), basis=basis)


def whole_seller(seller: Seller) -> Seller:
    """Raises NotForAnInvoice."""
    if not NIP.fullmatch(seller.nip):
        raise NotForAnInvoice("NIP")
    return Seller(name=plain(seller.name, what="name"), nip=seller.nip, address=_address(seller.address))


def whole_unit(unit: Unit) -> Unit:
    """Raises NotForAnInvoice."""
    if unit.nip and not NIP.fullmatch(unit.nip):
        raise NotForAnInvoice("NIP")
    if unit.internal_id and not INTERNAL_ID.fullmatch(unit.internal_id):
        raise NotForAnInvoice("internal_id")
    address = _address(unit.address) if unit.address else None
    return replace(unit, name=plain(unit.name, what="name"), address=address)


def whole_buyer(buyer: Buyer) -> Buyer:
    """Raises NotForAnInvoice, NoSuchCountry, BadTaxNumber, RecipientMissing."""
    must_fit(buyer)
    if buyer.nip and not NIP.fullmatch(buyer.nip):
        raise NotForAnInvoice("NIP")
    recipient = whole_unit(buyer.recipient) if buyer.recipient else None
    for_part = buyer.is_jst or buyer.is_vat_group
    if for_part and (recipient is None or not (recipient.nip or recipient.internal_id)):
        raise RecipientMissing()
    return replace(buyer, name=plain(buyer.name, what="name"), address=_address(buyer.address), recipient=recipient)


def whole_payment(payment: Payment) -> Payment:
    """Raises HowPaid."""
    account = payment.account.replace(" ", "")
    if (payment.paid_on is None) == (payment.due_on is None):
        raise HowPaid()
    if (account or payment.due_on) and not ACCOUNT.fullmatch(account):
        raise HowPaid()
    whole_day(payment.paid_on or payment.due_on or FIRST_DAY)
    if len(payment.parts) > MOST_PARTS or not all(0 < part.amount <= MOST_GROSZ for part in payment.parts):
        raise HowPaid()
    for part in payment.parts:
        whole_day(part.paid_on)
    return replace(payment, account=account)


def whole_day(day: date) -> date:
    """A day that an invoice may speak of. Raises NotForAnInvoice."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotForAnInvoice("day")
    return day


def _address(address: Address) -> Address:
    second = plain(address.line2, what="address", needed=False)
    return Address(line1=plain(address.line1, what="address"), line2=second, country=country(address.country))
