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
    Corrected,
    Document,
    InvoiceKind,
    Payment,
    PaymentForm,
    SoldLine,
    Stated,
)
from incubator.invoices.ksef_parties import named_before, parties
from incubator.invoices.sums import sums_of, total_of, worth
from incubator.invoices.tags import under
from incubator.kernel.money import Vat

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
FORMS = {PaymentForm.CARD: "2", PaymentForm.TRANSFER: "6", PaymentForm.MOBILE: "7"}
RATES = {Vat.ZERO: "0 KR"}
"""Where the schema calls a rate otherwise than we do."""
NETS = {Vat.STANDARD: "P_13_1", Vat.REDUCED: "P_13_2", Vat.LOW: "P_13_3", Vat.ZERO: "P_13_6_1", Vat.EXEMPT: "P_13_7"}
TAXES = {Vat.STANDARD: "P_14_1", Vat.REDUCED: "P_14_2", Vat.LOW: "P_14_3"}
PAID_IN_PART, PAID_BY_PARTS = "1", "2"
IN_THE_PERIOD_OF_THE_INVOICE, IN_THE_PERIOD_OF_THE_CORRECTION = "1", "2"
"""When a correction counts (TTypKorekty): one of the buyer's name counts when the invoice does, money given back now."""


def fa3(document: Document, *, corrected_ksef_number: str = "") -> bytes:
    """The file. A correction names the invoice by the number that KSeF gave it; without one, that invoice was issued
    outside of KSeF."""
    root = Element("Faktura", {"xmlns": NAMESPACE})
    _header(root, document)
    parties(root, document)
    _body(under(root, "Fa"), document, corrected_ksef_number)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _header(root: Element, document: Document) -> None:
    header = under(root, "Naglowek")
    under(header, "KodFormularza", "FA", kodSystemowy="FA (3)", wersjaSchemy="1-0E")
    under(header, "WariantFormularza", "3")
    under(header, "DataWytworzeniaFa", f"{document.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    under(header, "SystemInfo", "incubator")


def _body(fa: Element, document: Document, corrected_ksef_number: str) -> None:
    under(fa, "KodWaluty", "PLN")
    under(fa, "P_1", document.issued_on.isoformat())
    under(fa, "P_2", document.number)
    if document.supplied_on != document.issued_on:
        under(fa, "P_6", document.supplied_on.isoformat())
    changes_amounts = document.buyer_before is None
    if changes_amounts:
        _rates(fa, document)
    under(fa, "P_15", _zloty(total_of(document).gross))
    _notes(under(fa, "Adnotacje"), document.bases if changes_amounts else "")
    if document.corrected is None:
        under(fa, "RodzajFaktury", "ZAL" if document.of_advance else "VAT")
    else:
        under(fa, "RodzajFaktury", "KOR_ZAL" if document.of_advance else "KOR")
        _correction(fa, document.corrected, corrected_ksef_number)
    if not document.of_advance and changes_amounts:
        _rows(fa, document)
    if document.kind is not InvoiceKind.CORRECTION:
        _payment(fa, document)
    if document.of_advance and changes_amounts:
        _order(fa, document)


def _rates(fa: Element, document: Document) -> None:
    for one in sums_of(document):
        under(fa, NETS[one.vat], _zloty(one.amount.net))
        if one.vat in TAXES:
            under(fa, TAXES[one.vat], _zloty(one.amount.vat))


def _notes(at: Element, bases: str) -> None:
    for tag in ("P_16", "P_17", "P_18", "P_18A"):
        under(at, tag, "2")
    exempt = under(at, "Zwolnienie")
    if bases:
        under(exempt, "P_19", "1")
        under(exempt, "P_19A", bases)
    else:
        under(exempt, "P_19N", "1")
    under(under(at, "NoweSrodkiTransportu"), "P_22N", "1")
    under(at, "P_23", "2")
    under(under(at, "PMarzy"), "P_PMarzyN", "1")


def _correction(fa: Element, corrected: Corrected, ksef_number: str) -> None:
    under(fa, "PrzyczynaKorekty", corrected.reason)
    of_buyer = corrected.buyer is not None
    under(fa, "TypKorekty", IN_THE_PERIOD_OF_THE_INVOICE if of_buyer else IN_THE_PERIOD_OF_THE_CORRECTION)
    invoice = under(fa, "DaneFaKorygowanej")
    under(invoice, "DataWystFaKorygowanej", corrected.issued_on.isoformat())
    under(invoice, "NrFaKorygowanej", corrected.number)
    if ksef_number:
        under(invoice, "NrKSeF", "1")
        under(invoice, "NrKSeFFaKorygowanej", ksef_number)
    else:
        under(invoice, "NrKSeFN", "1")
    if corrected.buyer is not None:
        named_before(fa, corrected.buyer)
    if corrected.kind is InvoiceKind.ADVANCE:
        under(fa, "P_15ZK", _zloty(worth(corrected.before).gross))


def _rows(fa: Element, document: Document) -> None:
    for number, (line, was) in enumerate(_told(document), start=1):
        row = under(fa, "FaWiersz")
        under(row, "NrWierszaFa", str(number))
        under(row, "P_7", line.text_pl)
        under(row, "P_8A", UNITS_PL.get(line.unit, line.unit))
        under(row, "P_8B", f"{line.quantity:f}")
        if line.stated is Stated.NET:
            under(row, "P_9A", _zloty(line.price))
            under(row, "P_11", _zloty(line.amount.net))
        else:
            under(row, "P_9B", _zloty(line.price))
            under(row, "P_11A", _zloty(line.amount.gross))
        under(row, "P_11Vat", _zloty(line.amount.vat))
        under(row, "P_12", RATES.get(line.vat, line.vat.value))
        if was:
            under(row, "StanPrzed", "1")


def _order(fa: Element, document: Document) -> None:
    order = under(fa, "Zamowienie")
    under(order, "WartoscZamowienia", _zloty(worth(document.lines).gross))
    for number, (line, was) in enumerate(_told(document), start=1):
        row = under(order, "ZamowienieWiersz")
        under(row, "NrWierszaZam", str(number))
        under(row, "P_7Z", line.text_pl)
        under(row, "P_8AZ", UNITS_PL.get(line.unit, line.unit))
        under(row, "P_8BZ", f"{line.quantity:f}")
        under(row, "P_9AZ", _net_price(line))
        under(row, "P_11NettoZ", _zloty(line.amount.net))
        under(row, "P_11VatZ", _zloty(line.amount.vat))
        under(row, "P_12Z", RATES.get(line.vat, line.vat.value))
        if was:
            under(row, "StanPrzedZ", "1")


def _told(document: Document) -> Iterable[tuple[SoldLine, bool]]:
    """The lines, each with whether it is as it was before a correction."""
    for line in document.corrected.before if document.corrected else ():
        yield line, True
    for line in document.lines:
        yield line, False


def _payment(fa: Element, document: Document) -> None:
    payment = document.payment
    at = under(fa, "Platnosc")
    if payment.parts:
        _parts(at, payment)
    elif payment.paid_on is not None:
        under(at, "Zaplacono", "1")
        under(at, "DataZaplaty", payment.paid_on.isoformat())
    if payment.due_on is not None:
        under(under(at, "TerminPlatnosci"), "Termin", payment.due_on.isoformat())
    if payment.due_on is not None or not payment.parts:
        under(at, "FormaPlatnosci", FORMS[payment.form])
    if payment.account:
        under(under(at, "RachunekBankowy"), "NrRB", payment.account)


def _parts(at: Element, payment: Payment) -> None:
    under(at, "ZnacznikZaplatyCzesciowej", PAID_IN_PART if payment.due_on else PAID_BY_PARTS)
    for part in payment.parts:
        one = under(at, "ZaplataCzesciowa")
        under(one, "KwotaZaplatyCzesciowej", _zloty(part.amount))
        under(one, "DataZaplatyCzesciowej", part.paid_on.isoformat())
        under(one, "FormaPlatnosci", FORMS[part.form])


def _net_price(line: SoldLine) -> str:
    """An order says its prices without the tax, however they were stated (art. 106f ust. 1 pkt 4): such a price may
    have more decimals than a grosz."""
    if line.stated is Stated.NET:
        return _zloty(line.price)
    net = Decimal(line.price) / (100 + line.vat.percent)
    return f"{net:.8f}".rstrip("0").rstrip(".")


def _zloty(grosz: int) -> str:
    return f"{'-' if grosz < 0 else ''}{abs(grosz) // 100}.{abs(grosz) % 100:02d}"
