"""What a document has to be before it gets a number."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.invoices.document import Address, Payment, PaymentForm, Seller, Unit
from incubator.invoices.whole import (
    BasisMissing,
    HowPaid,
    LineDoesNotAdd,
    NotForAnInvoice,
    NothingToInvoice,
    OutOfScope,
    RecipientMissing,
    plain,
    whole,
)
from incubator.kernel.errors import Invalid
from incubator.kernel.money import Amount, Vat
from tests.invoices.documents import COMPANY, LINES, SCHOOL, corrected, document, line

ONE = LINES[0]
WRONG: list[tuple[dict[str, Any], type[Invalid]]] = [
    ({"lines": ()}, NothingToInvoice),
    ({"lines": (line("Sala", 0),)}, NothingToInvoice),
    ({"lines": (replace(ONE, amount=Amount(12000, 2761)),)}, LineDoesNotAdd),
    ({"lines": (replace(ONE, quantity=Decimal("1.0001")),)}, LineDoesNotAdd),
    ({"lines": (replace(ONE, quantity=Decimal("NaN")),)}, LineDoesNotAdd),
    ({"lines": (replace(ONE, quantity=Decimal(-1), amount=Amount(-12000, -2760)), *LINES)}, LineDoesNotAdd),
    ({"lines": (replace(line("Kaucja", 100), vat=Vat.OUT_OF_SCOPE, amount=Amount(100)),)}, OutOfScope),
    ({"lines": (replace(LINES[3], basis=" "),)}, BasisMissing),
    ({"lines": (line("a" * 513, 100),)}, NotForAnInvoice),
    ({"number": "\x07"}, NotForAnInvoice),
    ({"seller": Seller(name="Gmina", nip="0123456789", address=COMPANY.address)}, NotForAnInvoice),
    ({"buyer": replace(COMPANY, nip="1002003004")}, NotForAnInvoice),
    ({"buyer": replace(COMPANY, address=Address(line1=" "))}, NotForAnInvoice),
    ({"buyer": replace(SCHOOL, recipient=None)}, RecipientMissing),
    ({"buyer": replace(SCHOOL, recipient=Unit(name="Szkoła"))}, RecipientMissing),
    ({"payment": Payment(form=PaymentForm.TRANSFER)}, HowPaid),
    ({"payment": Payment(form=PaymentForm.TRANSFER, due_on=date(2026, 9, 9))}, HowPaid),
    ({"payment": Payment(form=PaymentForm.CARD, paid_on=date(2026, 9, 9), due_on=date(2026, 9, 9))}, HowPaid),
    ({"issued_on": date(2050, 1, 2)}, NotForAnInvoice),
    ({"made_at": datetime(2025, 8, 31, tzinfo=UTC)}, NotForAnInvoice),
]


@pytest.mark.parametrize(("given_", "refusal"), WRONG)
def test_what_is_not_whole_is_refused(given_: dict[str, Any], refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        whole(document(**given_))


def test_a_correction_may_leave_nothing() -> None:
    assert whole(corrected(document(), refund=43710)).lines[0].quantity == 0


def test_blanks_are_folded_and_quantities_written_short() -> None:
    made = whole(document(lines=(line(" Sala\n L ", 100, "2.500"), line("Wejście", 100, "100"))))
    assert [(one.text_pl, f"{one.quantity:f}") for one in made.lines] == [("Sala L", "2.5"), ("Wejście", "100")]


@given(st.text(max_size=600))
def test_any_text_is_folded_or_refused(text: str) -> None:
    with suppress(NotForAnInvoice):
        assert plain(text, what="text") == " ".join(text.split())
