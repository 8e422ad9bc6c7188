"""An invoice that a person asks for afterwards."""

from datetime import UTC, date, datetime

import pytest

from incubator.db.engine import Database, attempt
from incubator.invoices.document import Payment, PaymentForm
from incubator.invoices.invoice_on_request import TooLateToAsk, invoice_on_request, last_day_to_ask
from incubator.invoices.issuing import InvoicedAlready
from incubator.invoices.queries import NoSuchInvoice
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import of_resident, open_for_invoices, sale


@pytest.mark.parametrize(
    ("supplied", "paid", "until"),
    [
        (date(2026, 9, 4), date(2026, 9, 3), date(2026, 12, 31)),
        (date(2026, 11, 30), date(2026, 9, 3), date(2027, 2, 28)),
        (date(2026, 9, 4), date(2026, 10, 1), date(2027, 1, 31)),
        (date(2027, 11, 4), date(2027, 11, 1), date(2028, 2, 29)),
    ],
)
def test_it_may_be_asked_for_three_months_from_the_end_of_the_month(
    cast: Cast, supplied: date, paid: date, until: date
) -> None:
    sold = sale(cast, supplied_on=supplied, payment=Payment(form=PaymentForm.CARD, paid_on=paid))
    assert last_day_to_ask(sold) == until


async def test_who_paid_gets_an_invoice_once_and_until_the_day(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    actor, sold = await acting(db, cast.resident), of_resident(cast)
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Warsaw
    with pytest.raises(TooLateToAsk):
        await attempt(db, lambda tx: invoice_on_request(tx, actor=actor, sale=sold, now=late))
    last = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    made = await attempt(db, lambda tx: invoice_on_request(tx, actor=actor, sale=sold, now=last))
    assert (made.buyer, made.buyer_nip) == ("Anna Kowalska", "")
    with pytest.raises(InvoicedAlready):
        await attempt(db, lambda tx: invoice_on_request(tx, actor=actor, sale=sold, now=last))


async def test_nobody_asks_for_the_invoice_of_another(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    for who, sold in ((cast.member, of_resident(cast)), (cast.stranger, sale(cast)), (cast.resident, sale(cast))):
        actor = await acting(db, who)
        with pytest.raises(NoSuchInvoice):
            await attempt(
                db, lambda tx, actor=actor, sold=sold: invoice_on_request(tx, actor=actor, sale=sold, now=NOW)
            )  # type: ignore[misc]
