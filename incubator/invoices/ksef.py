"""The structured invoice: FA(3) in XML, as the national system (KSeF) takes it and `fa3.xsd` describes it.

The same document gives the same bytes. Every document that `whole` lets pass fits the schema
(tests/invoices/test_ksef.py tries). What is not filled in is optional or not ours: other currencies, margins, new
means of transport, self-billing.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal
from xml.etree.ElementTree import Element

from incubator.invoices.document import (
    UNITS_PL,
    Address,
    Buyer,
    Corrected,
    Document,
    InvoiceKind,
    PaymentForm,
    SoldLine,
    Stated,
    Unit,
)
from incubator.invoices.sums import sums_of, total_of, worth
from incubator.kernel.money import Vat

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
FORMS = {PaymentForm.CARD: "2", PaymentForm.TRANSFER: "6", PaymentForm.MOBILE: "7"}
RATES = {Vat.ZERO: "0 KR"}
"""Where the schema calls a rate otherwise than we do."""
NETS = {Vat.STANDARD: "P_13_1", Vat.REDUCED: "P_13_2", Vat.LOW: "P_13_3", Vat.ZERO: "P_13_6_1", Vat.EXEMPT: "P_13_7"}
TAXES = {Vat.STANDARD: "P_14_1", Vat.REDUCED: "P_14_2", Vat.LOW: "P_14_3"}
ISSUING_UNIT, RECIPIENT, RECIPIENT_OF_JST, MEMBER_OF_GROUP = "7", "2", "8", "10"
"""Roles of a third party (TRolaPodmiotu3)."""
IN_THE_PERIOD_OF_THE_CORRECTION = "2"


def fa3(document: Document, *, corrected_ksef_number: str = "") -> bytes:
    """The file. A correction names the invoice by the number that KSeF gave it; without one, that invoice was issued
    outside of KSeF."""
    root = Element("Faktura", {"xmlns": NAMESPACE})
    _header(root, document)
    seller = _under(root, "Podmiot1")
    _named(_under(seller, "DaneIdentyfikacyjne"), {"NIP": document.seller.nip}, document.seller.name)
    _address(seller, document.seller.address)
    _buyer(root, document.buyer)
    _third(root, document.unit, ISSUING_UNIT)
    if document.buyer.recipient is not None:
        _third(root, document.buyer.recipient, _role_of_recipient(document.buyer))
    _body(_under(root, "Fa"), document, corrected_ksef_number)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _header(root: Element, document: Document) -> None:
    header = _under(root, "Naglowek")
    _under(header, "KodFormularza", "FA", kodSystemowy="FA (3)", wersjaSchemy="1-0E")
    _under(header, "WariantFormularza", "3")
    _under(header, "DataWytworzeniaFa", f"{document.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    _under(header, "SystemInfo", "incubator")


def _buyer(root: Element, buyer: Buyer) -> None:
    party = _under(root, "Podmiot2")
    key = {"NIP": buyer.nip} if buyer.nip else {"BrakID": "1"}
    _named(_under(party, "DaneIdentyfikacyjne"), key, buyer.name)
    _address(party, buyer.address)
    _under(party, "JST", _yes(buyer.is_jst))
    _under(party, "GV", _yes(buyer.is_vat_group))


def _role_of_recipient(buyer: Buyer) -> str:
    if buyer.is_jst:
        return RECIPIENT_OF_JST
    return MEMBER_OF_GROUP if buyer.is_vat_group else RECIPIENT


def _third(root: Element, unit: Unit, role: str) -> None:
    party = _under(root, "Podmiot3")
    key = {"NIP": unit.nip} if unit.nip else {"IDWew": unit.internal_id} if unit.internal_id else {"BrakID": "1"}
    _named(_under(party, "DaneIdentyfikacyjne"), key, unit.name)
    if unit.address is not None:
        _address(party, unit.address)
    _under(party, "Rola", role)


def _named(at: Element, key: dict[str, str], name: str) -> None:
    for tag, value in key.items():
        _under(at, tag, value)
    _under(at, "Nazwa", name)


def _address(party: Element, address: Address) -> None:
    at = _under(party, "Adres")
    _under(at, "KodKraju", "PL")
    _under(at, "AdresL1", address.line1)
    if address.line2:
        _under(at, "AdresL2", address.line2)


def _body(fa: Element, document: Document, corrected_ksef_number: str) -> None:
    _under(fa, "KodWaluty", "PLN")
    _under(fa, "P_1", document.issued_on.isoformat())
    _under(fa, "P_2", document.number)
    if document.supplied_on != document.issued_on:
        _under(fa, "P_6", document.supplied_on.isoformat())
    for one in sums_of(document):
        _under(fa, NETS[one.vat], _zloty(one.amount.net))
        if one.vat in TAXES:
            _under(fa, TAXES[one.vat], _zloty(one.amount.vat))
    _under(fa, "P_15", _zloty(total_of(document).gross))
    _notes(_under(fa, "Adnotacje"), document.bases)
    if document.corrected is None:
        _under(fa, "RodzajFaktury", "ZAL" if document.of_advance else "VAT")
    else:
        _under(fa, "RodzajFaktury", "KOR_ZAL" if document.of_advance else "KOR")
        _correction(fa, document.corrected, corrected_ksef_number)
    if not document.of_advance:
        _rows(fa, document)
    if document.kind is not InvoiceKind.CORRECTION:
        _payment(fa, document)
    if document.of_advance:
        _order(fa, document)


def _notes(at: Element, bases: str) -> None:
    for tag in ("P_16", "P_17", "P_18", "P_18A"):
        _under(at, tag, "2")
    exempt = _under(at, "Zwolnienie")
    if bases:
        _under(exempt, "P_19", "1")
        _under(exempt, "P_19A", bases)
    else:
        _under(exempt, "P_19N", "1")
    _under(_under(at, "NoweSrodkiTransportu"), "P_22N", "1")
    _under(at, "P_23", "2")
    _under(_under(at, "PMarzy"), "P_PMarzyN", "1")


def _correction(fa: Element, corrected: Corrected, ksef_number: str) -> None:
    _under(fa, "PrzyczynaKorekty", corrected.reason)
    _under(fa, "TypKorekty", IN_THE_PERIOD_OF_THE_CORRECTION)
    invoice = _under(fa, "DaneFaKorygowanej")
    _under(invoice, "DataWystFaKorygowanej", corrected.issued_on.isoformat())
    _under(invoice, "NrFaKorygowanej", corrected.number)
    if ksef_number:
        _under(invoice, "NrKSeF", "1")
        _under(invoice, "NrKSeFFaKorygowanej", ksef_number)
    else:
        _under(invoice, "NrKSeFN", "1")
    if corrected.kind is InvoiceKind.ADVANCE:
        _under(fa, "P_15ZK", _zloty(worth(corrected.before).gross))


def _rows(fa: Element, document: Document) -> None:
    for number, (line, was) in enumerate(_told(document), start=1):
        row = _under(fa, "FaWiersz")
        _under(row, "NrWierszaFa", str(number))
        _under(row, "P_7", line.text_pl)
        _under(row, "P_8A", UNITS_PL.get(line.unit, line.unit))
        _under(row, "P_8B", f"{line.quantity:f}")
        if line.stated is Stated.NET:
            _under(row, "P_9A", _zloty(line.price))
            _under(row, "P_11", _zloty(line.amount.net))
        else:
            _under(row, "P_9B", _zloty(line.price))
            _under(row, "P_11A", _zloty(line.amount.gross))
        _under(row, "P_11Vat", _zloty(line.amount.vat))
        _under(row, "P_12", RATES.get(line.vat, line.vat.value))
        if was:
            _under(row, "StanPrzed", "1")


def _order(fa: Element, document: Document) -> None:
    order = _under(fa, "Zamowienie")
    _under(order, "WartoscZamowienia", _zloty(worth(document.lines).gross))
    for number, (line, was) in enumerate(_told(document), start=1):
        row = _under(order, "ZamowienieWiersz")
        _under(row, "NrWierszaZam", str(number))
        _under(row, "P_7Z", line.text_pl)
        _under(row, "P_8AZ", UNITS_PL.get(line.unit, line.unit))
        _under(row, "P_8BZ", f"{line.quantity:f}")
        _under(row, "P_9AZ", _net_price(line))
        _under(row, "P_11NettoZ", _zloty(line.amount.net))
        _under(row, "P_11VatZ", _zloty(line.amount.vat))
        _under(row, "P_12Z", RATES.get(line.vat, line.vat.value))
        if was:
            _under(row, "StanPrzedZ", "1")


def _told(document: Document) -> Iterable[tuple[SoldLine, bool]]:
    """The lines, each with whether it is as it was before a correction."""
    for line in document.corrected.before if document.corrected else ():
        yield line, True
    for line in document.lines:
        yield line, False


def _payment(fa: Element, document: Document) -> None:
    payment = document.payment
    at = _under(fa, "Platnosc")
    if payment.paid_on is not None:
        _under(at, "Zaplacono", "1")
        _under(at, "DataZaplaty", payment.paid_on.isoformat())
    if payment.due_on is not None:
        _under(_under(at, "TerminPlatnosci"), "Termin", payment.due_on.isoformat())
    _under(at, "FormaPlatnosci", FORMS[payment.form])
    if payment.account:
        _under(_under(at, "RachunekBankowy"), "NrRB", payment.account)


def _net_price(line: SoldLine) -> str:
    """An order says its prices without the tax, however they were stated (art. 106f ust. 1 pkt 4): such a price may
    have more decimals than a grosz."""
    if line.stated is Stated.NET:
        return _zloty(line.price)
    net = Decimal(line.price) / (100 + line.vat.percent)
    return f"{net:.8f}".rstrip("0").rstrip(".")


def _yes(flag: bool) -> str:
    return "1" if flag else "2"


def _zloty(grosz: int) -> str:
    return f"{'-' if grosz < 0 else ''}{abs(grosz) // 100}.{abs(grosz) % 100:02d}"


def _under(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = text
    return made
