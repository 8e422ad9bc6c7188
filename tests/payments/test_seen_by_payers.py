"""What payers see of what they owe: the latest first, and the invoice that there is already."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.db.engine import Database, statement, transaction
from incubator.payments.return_deposit import return_deposit
from incubator.payments.views import ChargeView
from tests.bookings.test_charge import book, priced
from tests.cast import Cast, acting
from tests.invoices.cast import open_for_invoices
from tests.invoices.test_invoice_charge import paid
from tests.moments import NOW
from tests.payments.money import charged
from tests.payments.test_charges import paying
from tests.payments.test_online import charge_of

Visit = Callable[..., httpx.AsyncClient]


async def test_what_is_late_stands_before_what_is_due_later(db: Database, cast: Cast, visit: Visit) -> None:
    async with transaction(db) as tx:
        late = await charged(tx, cast, due_at=NOW - timedelta(days=9))
        soon = await charged(tx, cast, due_at=NOW + timedelta(days=2))
        later = await charged(tx, cast, due_at=NOW + timedelta(days=9))
    page = (await visit(cast.member).get("/payments")).text
    assert page.index(late.title) < page.index(soon.title) < page.index(later.title)


async def test_what_is_invoiced_leads_to_the_invoice_and_asks_for_no_other(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    at = f"/payments/{await charge_of(db, made)}?lang=en"
    await paid(db, made)
    assert "I want an invoice" in (await visit(cast.owner).get(at)).text
    await open_for_invoices(db, cast)
    again = await book(db, cast, cast.member, space_id=cast.room_s)
    await paid(db, again)
    async with statement(db) as tx:
        invoice = await tx.fetchrow("SELECT id, number FROM invoice")
    assert invoice is not None
    page = (await visit(cast.owner).get(f"/payments/{await charge_of(db, again)}?lang=en")).text
    assert f'href="/invoices/{invoice["id"]}"' in page and invoice["number"] in page
    assert "I want an invoice" not in page


async def test_who_paid_a_deposit_reads_when_it_comes_back_until_it_has(db: Database, cast: Cast, visit: Visit) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        asked = await charged(tx, cast, deposit=50_000)
        without = await charged(tx, cast)
    comes = "The deposit of 500.00 zł comes back to you afterwards"
    member = visit(cast.member)

    async def page(charge: ChargeView) -> str:
        return (await member.get(f"/payments/{charge.id}?lang=en")).text.replace("\xa0", " ")

    assert comes in await page(asked) and "The deposit of" not in await page(without)
    async with transaction(db) as tx:
        await paying(tx, asked, asked.total)
    assert comes in await page(asked)
    async with transaction(db) as tx:
        await return_deposit(tx, actor=desk, charge_id=asked.id, keep=0, reason="", seen=None, now=NOW)
    assert comes not in await page(asked)
