"""What an invoice adds up, and what is left of it after a refund."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.invoices.document import InvoiceKind, SoldLine, Stated
from incubator.invoices.sums import RateSum, left_after, sums_of, total_of, worth
from incubator.kernel.money import Amount, Vat, part, total
from tests.invoices.documents import LINES, SOLD, corrected, document, documents, line
from tests.invoices.documents import lines as any_line


def test_an_invoice_adds_up_its_lines_by_rate() -> None:
    """120 + 150 net at 23 %, a projector at 25 with the tax, 80 exempt."""
    assert sums_of(document()) == (
        RateSum(vat=Vat.STANDARD, amount=Amount(12000 + 15000 + 2033, 2760 + 3450 + 467)),
        RateSum(vat=Vat.EXEMPT, amount=Amount(8000, 0)),
    )
    assert total_of(document()).gross == 14760 + 18450 + 2500 + 8000


def test_a_correction_adds_up_to_what_it_takes_back() -> None:
    gross = worth(LINES).gross
    assert total_of(corrected(document(), refund=gross)) == -worth(LINES)
    assert total_of(corrected(document(), refund=1)).gross == -1


def test_what_is_left_in_part_is_one_service_stated_gross() -> None:
    (half,) = left_after((line("Sala", 10000, "3"),), refund=18450)
    assert (half.quantity, half.unit, half.price, half.stated) == (Decimal(1), "service", 18450, Stated.GROSS)
    assert half.amount == Amount(15000, 3450)


def test_what_is_left_whole_stays_as_it_was_and_what_is_gone_has_no_quantity() -> None:
    one = line("Sala", 10000)
    assert left_after((one,), refund=0) == (one,)
    (gone,) = left_after((one,), refund=12300)
    assert (gone.quantity, gone.price, gone.amount) == (Decimal(0), 10000, Amount())


@given(documents())
def test_sums_by_rate_are_the_sums_of_the_lines(made: object) -> None:
    assert total(one.amount for one in sums_of(made)) == total_of(made)  # type: ignore[arg-type]


@given(SOLD, st.data())
def test_a_refund_is_spread_to_the_grosz_and_never_beyond_a_line(
    sold: tuple[SoldLine, ...], data: st.DataObject
) -> None:
    refund = data.draw(st.integers(0, worth(sold).gross))
    left = left_after(sold, refund=refund)
    assert worth(left).gross == worth(sold).gross - refund
    assert all(0 <= now.amount.gross <= was.amount.gross for now, was in zip(left, sold, strict=True))
    assert [one.vat for one in left] == [one.vat for one in sold]


@given(SOLD, st.data())
def test_two_refunds_leave_as_much_as_one_of_both(sold: tuple[SoldLine, ...], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, worth(sold).gross))
    second = data.draw(st.integers(0, worth(sold).gross - first))
    twice = left_after(left_after(sold, refund=first), refund=second)
    assert worth(twice).gross == worth(sold).gross - first - second


@given(any_line())
def test_the_tax_of_an_advance_is_the_tax_of_the_line_that_it_pays_for(one: SoldLine) -> None:
    """art. 106f ust. 1 pkt 3: KP = ZB · SP / (100 + SP)."""
    assert one.amount.vat == part(one.amount.gross, one.vat.percent, 100 + one.vat.percent)


@pytest.mark.parametrize("kind", [InvoiceKind.INVOICE, InvoiceKind.ADVANCE])
def test_an_advance_is_what_an_invoice_of_the_same_would_be(kind: InvoiceKind) -> None:
    assert total_of(document(kind=kind)) == worth(LINES)
