"""Documents to try things with: one as a gmina would issue it, and any that may be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from incubator.invoices.document import (
    Address,
    Buyer,
    Corrected,
    Document,
    InvoiceKind,
    Payment,
    PaymentForm,
    Seller,
    SoldLine,
    Stated,
    Unit,
)
from incubator.invoices.sums import amount_of, left_after, worth
from incubator.kernel.money import Vat

BASIS = "art. 43 ust. 1 pkt 29 lit. c ustawy o VAT"
GMINA = Seller(
    name="Gmina Niepołomice", nip="6830000001", address=Address(line1="Plac Zwycięstwa 13", line2="32-005 Niepołomice")
)
LAS = Unit(
    name="LAS Open Space",
    address=Address(line1="Bocheńska 26", line2="32-005 Niepołomice"),
    internal_id="6830000001-00012",
)
COMPANY = Buyer(
    name="Puszcza Robotics sp. z o.o.",
    nip="5261040828",
    address=Address(line1="Leśna 4", line2="32-005 Niepołomice"),
)
PERSON = Buyer(name="Anna Kowalska", address=Address(line1="Szkolna 7/2", line2="30-001 Kraków"))
ABROAD = Buyer(
    name="Kiez Robotik GmbH",
    eu_vat="DE136695976",
    address=Address(line1="Torstr. 1", line2="10119 Berlin", country="DE"),
)
SCHOOL = Buyer(
    name="Gmina Wieliczka",
    nip="6830000030",
    address=Address(line1="ul. Powstania Warszawskiego 1", line2="32-020 Wieliczka"),
    is_jst=True,
    recipient=Unit(
        name="Szkoła Podstawowa nr 2",
        nip="6831000021",
        address=Address(line1="Jana Pawła II 3", line2="32-020 Wieliczka"),
    ),
)


def line(
    text: str,
    price: int,
    quantity: str = "1",
    *,
    unit: str = "hour",
    stated: Stated = Stated.NET,
    vat: Vat = Vat.STANDARD,
) -> SoldLine:
    amount = amount_of(quantity=Decimal(quantity), price=price, stated=stated, vat=vat)
    return SoldLine(
        text_pl=text,
        quantity=Decimal(quantity),
        unit=unit,
        price=price,
        stated=stated,
        vat=vat,
        amount=amount,
        basis=BASIS if vat is Vat.EXEMPT else "",
    )


LINES = (
    line("Sala L, pierwsza godzina", 12000),
    line("Sala L, kolejne godziny", 6000, "2.5"),
    line("Rzutnik", 2500, unit="piece", stated=Stated.GROSS),
    line("Szkolenie z obsługi prototypowni", 8000, unit="entry", vat=Vat.EXEMPT),
)


def document(**given: Any) -> Document:
    """An invoice to a company for a room, paid by transfer, or what is `given` instead."""
    made: dict[str, Any] = {
        "kind": InvoiceKind.INVOICE,
        "number": "las/2026/1",
        "issued_on": date(2026, 9, 7),
        "supplied_on": date(2026, 9, 4),
        "made_at": datetime(2026, 9, 7, 7, 0, tzinfo=UTC),
        "seller": GMINA,
        "unit": LAS,
        "buyer": COMPANY,
        "lines": LINES,
        "payment": Payment(form=PaymentForm.TRANSFER, paid_on=date(2026, 9, 3)),
    }
    return Document(**{**made, **given})


def corrected(original: Document, *, refund: int, reason: str = "Odwołanie rezerwacji") -> Document:
    return replace(
        original,
        kind=InvoiceKind.CORRECTION,
        number="las/2026/2",
        lines=left_after(original.lines, refund=refund),
        corrected=Corrected(
            kind=original.kind,
            number=original.number,
            issued_on=original.issued_on,
            reason=reason,
            before=original.lines,
        ),
    )


def renamed(original: Document) -> Document:
    """A correction of the buyer's name."""
    made = corrected(original, refund=0, reason="Błędna nazwa nabywcy")
    assert made.corrected is not None
    named = replace(original.buyer, name=f"{original.buyer.name} i Syn")
    return replace(made, buyer=named, corrected=replace(made.corrected, buyer=original.buyer))


NIPS = st.from_regex(r"[1-9]([0-9][1-9]|[1-9][0-9])[0-9]{7}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80).filter(
    str.strip
)
DAYS = st.dates(date(2025, 9, 1), date(2049, 12, 31))
ADDRESSES = st.builds(Address, line1=TEXTS, line2=TEXTS | st.just(""))
UNITS = st.builds(
    Unit,
    name=TEXTS,
    address=st.none() | ADDRESSES,
    nip=st.just("") | NIPS,
    internal_id=st.just("") | NIPS.map("{}-00001".format),
)
KNOWN = UNITS.filter(lambda unit: unit.nip or unit.internal_id)
BUYERS = st.one_of(
    st.builds(Buyer, name=TEXTS, nip=st.just("") | NIPS, address=ADDRESSES, recipient=st.none() | UNITS),
    st.builds(Buyer, name=TEXTS, nip=NIPS, address=ADDRESSES, recipient=KNOWN, is_jst=st.booleans(), is_vat_group=st.booleans()),
    st.builds(Buyer, name=TEXTS, eu_vat=st.just("") | st.from_regex("FR[0-9A-Z]{11}", fullmatch=True), address=st.builds(Address, line1=TEXTS, country=st.just("FR"))),
    st.builds(Buyer, name=TEXTS, foreign_id=st.from_regex("[0-9A-Z][0-9A-Z ./-]{0,48}[0-9A-Z]", fullmatch=True), address=st.builds(Address, line1=TEXTS, country=st.sampled_from(["NO", "UA", "US"]))),
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> SoldLine:
    vat = draw(st.sampled_from([rate for rate in Vat if rate is not Vat.OUT_OF_SCOPE]))
    quantity = draw(st.decimals(0, 10_000, places=3))
    price, stated = draw(st.integers(0, 10**8)), draw(st.sampled_from(list(Stated)))
    unit = draw(st.sampled_from(["hour", "half_day", "day", "month", "entry", "piece", "komplet"]))
    amount = amount_of(quantity=quantity, price=price, stated=stated, vat=vat)
    return SoldLine(
        text_pl=draw(TEXTS),
        quantity=quantity,
        unit=unit,
        price=price,
        stated=stated,
        vat=vat,
        amount=amount,
        basis=draw(TEXTS) if vat is Vat.EXEMPT else "",
    )


SOLD = st.lists(lines(), min_size=1, max_size=8).map(tuple).filter(lambda sold: worth(sold).gross > 0)
PAYMENTS = st.builds(Payment, form=st.sampled_from(list(PaymentForm)), paid_on=DAYS) | st.builds(
    Payment, form=st.just(PaymentForm.TRANSFER), due_on=DAYS, account=st.just("PL 61 1090 1014 0000 0712 1981 2874")
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    made = Document(
        kind=draw(st.sampled_from([InvoiceKind.INVOICE, InvoiceKind.ADVANCE])),
        number=draw(TEXTS),
        issued_on=draw(DAYS),
        supplied_on=draw(DAYS),
        made_at=draw(st.datetimes(datetime(2025, 9, 2), datetime(2049, 1, 1), timezones=st.just(UTC))),
        seller=draw(st.builds(Seller, name=TEXTS, nip=NIPS, address=ADDRESSES)),
        unit=draw(UNITS),
        buyer=draw(BUYERS),
        lines=draw(SOLD),
        payment=draw(PAYMENTS),
    )
    if draw(st.booleans()):
        if draw(st.booleans()) and len(made.buyer.name) < 80:
            return renamed(made)
        gross = worth(made.lines).gross
        return corrected(made, refund=draw(st.integers(1, gross)), reason=draw(TEXTS))
    return made
