"""What is typed about who sells and who buys, and as what it is kept."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from incubator.invoices.document import POLAND, Address, Buyer, Seller, Unit
from incubator.invoices.foreign import country, tax_number
from incubator.invoices.whole import INTERNAL_ID, NIP, whole_buyer, whole_seller
from incubator.kernel.errors import N_, Invalid
from incubator.people import rules
from incubator.people.rules import BadNip
from incubator.web.bodies import Body, Line, OptionalLine

Number = Annotated[str, Meta(max_length=20, pattern=r"^[^\x00\r\n]*$(?!\n)")]


class NipMissing(Invalid):
    """An invoice for an organisation names it by its NIP."""

    code = "nip_missing"
    sentence = N_("An invoice for an organisation needs its NIP, before it is paid for.")


class BadInternalId(Invalid):
    code = "bad_internal_id"
    sentence = N_("An internal identifier is the NIP, a hyphen and five digits, as in 1234563218-00012.")


class SellerDetails(Body, frozen=True):
    """How a gmina names itself on invoices from `from_day` on."""

    from_day: date
    name: Line
    nip: Number
    line1: Line
    line2: OptionalLine = ""


class UnitDetails(Body, frozen=True):
    """By what an incubator is known as a unit of its gmina: a NIP of its own, or an internal identifier; or neither."""

    nip: Number = ""
    internal_id: Number = ""


class BuyerForm(Body, frozen=True):
    """Whom invoices name. With a NIP a company or public body, without one a person. Who is at home abroad says the
    `country` by its two letters and, where they have one, their `tax_number` there: in the European Union the number for
    VAT with its prefix. A unit of a local government or a member of a VAT group that the invoice is for is its
    recipient."""

    name: Line
    line1: Line
    line2: OptionalLine = ""
    nip: Number = ""
    country: Number = POLAND
    tax_number: OptionalLine = ""
    is_jst: bool = False
    is_vat_group: bool = False
    recipient_name: OptionalLine = ""
    recipient_nip: Number = ""
    recipient_internal_id: Number = ""
    recipient_line1: OptionalLine = ""
    recipient_line2: OptionalLine = ""


def seller_from(typed: SellerDetails) -> Seller:
    """Raises BadNip, NotForAnInvoice."""
    return whole_seller(
        Seller(name=typed.name, nip=_nip(typed.nip), address=Address(line1=typed.line1, line2=typed.line2))
    )


def unit_from(typed: UnitDetails) -> tuple[str, str]:
    """NIP and internal identifier. Raises BadNip, BadInternalId."""
    return _nip(typed.nip), _internal_id(typed.internal_id)


def buyer_from(typed: BuyerForm) -> Buyer:
    """Raises BadNip, NoSuchCountry, BadTaxNumber, BadInternalId, NotForAnInvoice, RecipientMissing."""
    at = country(typed.country)
    eu_vat, foreign_id = tax_number(typed.tax_number, at=at)
    return whole_buyer(
        Buyer(
            name=typed.name,
            nip=_nip(typed.nip),
            eu_vat=eu_vat,
            foreign_id=foreign_id,
            address=Address(line1=typed.line1, line2=typed.line2, country=at),
            recipient=_recipient(typed),
            is_jst=typed.is_jst,
            is_vat_group=typed.is_vat_group,
        )
    )


def form_of(buyer: Buyer) -> BuyerForm:
    """The same as it is typed."""
    to = buyer.recipient
    at = to.address if to else None
    return BuyerForm(
        name=buyer.name,
        line1=buyer.address.line1,
        line2=buyer.address.line2,
        nip=buyer.nip,
        country=buyer.address.country,
        tax_number=buyer.eu_vat or buyer.foreign_id,
        is_jst=buyer.is_jst,
        is_vat_group=buyer.is_vat_group,
        recipient_name=to.name if to else "",
        recipient_nip=to.nip if to else "",
        recipient_internal_id=to.internal_id if to else "",
        recipient_line1=at.line1 if at else "",
        recipient_line2=at.line2 if at else "",
    )


def _recipient(typed: BuyerForm) -> Unit | None:
    if not typed.recipient_name.strip():
        return None
    address = Address(line1=typed.recipient_line1, line2=typed.recipient_line2) if typed.recipient_line1 else None
    nip, internal_id = _nip(typed.recipient_nip), _internal_id(typed.recipient_internal_id)
    return Unit(name=typed.recipient_name, address=address, nip=nip, internal_id=internal_id)


def _nip(text: str) -> str:
    """Raises BadNip."""
    clean = rules.nip(text) or ""
    if clean and not NIP.fullmatch(clean):
        raise BadNip()
    return clean


def _internal_id(text: str) -> str:
    """Raises BadInternalId."""
    clean = text.replace(" ", "")
    if clean and not INTERNAL_ID.fullmatch(clean):
        raise BadInternalId()
    return clean
