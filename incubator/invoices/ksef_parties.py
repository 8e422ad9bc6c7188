"""Who sells, issues, buys and receives, in the structured file."""

from xml.etree.ElementTree import Element

from incubator.invoices.document import Address, Buyer, Document, Unit
from incubator.invoices.tags import under, yes

ISSUING_UNIT, RECIPIENT, RECIPIENT_OF_JST, MEMBER_OF_GROUP = "7", "2", "8", "10"
"""Roles of a third party (TRolaPodmiotu3)."""
SAME_BUYER = "0001"
"""What ties the buyer of a correction to the one that was named before (IDNabywcy)."""


def parties(root: Element, document: Document) -> None:
    seller = under(root, "Podmiot1")
    _named(under(seller, "DaneIdentyfikacyjne"), {"NIP": document.seller.nip}, document.seller.name)
    _address(seller, document.seller.address)
    buyer = document.buyer
    _buyer(root, buyer, corrected=document.buyer_before is not None)
    _third(root, document.unit, ISSUING_UNIT)
    if buyer.recipient is not None:
        _third(root, buyer.recipient, _role_of_recipient(buyer))


def named_before(at: Element, buyer: Buyer) -> None:
    """Whom the invoice named before: all of it (Podmiot2K)."""
    party = under(at, "Podmiot2K")
    _named(under(party, "DaneIdentyfikacyjne"), _key(buyer), buyer.name)
    _address(party, buyer.address)
    under(party, "IDNabywcy", SAME_BUYER)


def _buyer(root: Element, buyer: Buyer, *, corrected: bool) -> None:
    party = under(root, "Podmiot2")
    _named(under(party, "DaneIdentyfikacyjne"), _key(buyer), buyer.name)
    _address(party, buyer.address)
    if corrected:
        under(party, "IDNabywcy", SAME_BUYER)
    under(party, "JST", yes(buyer.is_jst))
    under(party, "GV", yes(buyer.is_vat_group))


def _key(buyer: Buyer) -> dict[str, str]:
    if buyer.nip:
        return {"NIP": buyer.nip}
    if buyer.eu_vat:
        return {"KodUE": buyer.eu_vat[:2], "NrVatUE": buyer.eu_vat[2:]}
    if buyer.foreign_id:
        return {"KodKraju": buyer.address.country, "NrID": buyer.foreign_id}
    return {"BrakID": "1"}


def _role_of_recipient(buyer: Buyer) -> str:
    if buyer.is_jst:
        return RECIPIENT_OF_JST
    return MEMBER_OF_GROUP if buyer.is_vat_group else RECIPIENT


def _third(root: Element, unit: Unit, role: str) -> None:
    party = under(root, "Podmiot3")
    key = {"NIP": unit.nip} if unit.nip else {"IDWew": unit.internal_id} if unit.internal_id else {"BrakID": "1"}
    _named(under(party, "DaneIdentyfikacyjne"), key, unit.name)
    if unit.address is not None:
        _address(party, unit.address)
    under(party, "Rola", role)


def _named(at: Element, key: dict[str, str], name: str) -> None:
    for tag, value in key.items():
        under(at, tag, value)
    under(at, "Nazwa", name)


def _address(party: Element, address: Address) -> None:
    at = under(party, "Adres")
    under(at, "KodKraju", address.country)
    under(at, "AdresL1", address.line1)
    if address.line2:
        under(at, "AdresL2", address.line2)
