"""Invoices and advances, and what the database keeps of them."""

from datetime import date, timedelta

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices.details import NipMissing, SellerDetails
from incubator.invoices.document import InvoiceKind, Payment, PaymentForm
from incubator.invoices.issue_invoice import issue_advance
from incubator.invoices.parties import BuyerMissing, SellerMissing, buyer_before_payment
from incubator.invoices.queries import invoice_for
from incubator.invoices.set_seller import set_seller
from incubator.invoices.sums import worth
from incubator.invoices.whole import HowPaid
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import SELLER, issue, of_resident, open_for_invoices, sale
from tests.invoices.documents import LINES
from tests.invoices.documents import PERSON as ANNA


async def test_an_invoice_says_who_sells_who_issues_and_who_buys(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    async with statement(db) as tx:
        found = await invoice_for(tx, actor=await acting(db, cast.member), invoice_id=made.id)
    told = found.document
    assert (told.seller.name, told.unit.name, told.buyer.name) == (
        "Gmina Niepołomice",
        "LAS Open Space",
        "Acme sp. z o.o.",
    )
    assert told.unit.address is not None and told.unit.address.line2 == "32-005 Niepołomice"
    assert (told.number, told.issued_on, told.supplied_on) == ("las/2026/1", date(2026, 9, 7), date(2026, 9, 4))
    assert told.lines == LINES
    assert (found.invoice.net, found.invoice.vat, found.invoice.gross) == (37033, 6677, 43710)
    assert found.left == 43710


async def test_the_owners_of_the_organisation_are_written_to(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    async with statement(db) as tx:
        mails = await tx.fetch("SELECT recipient, subject, text FROM mail")
    assert [mail["recipient"] for mail in mails] == [cast.owner.email]
    assert made.number in mails[0]["subject"] and f"/invoices/{made.id}" in mails[0]["text"]
    assert f"an invoice was issued for {made.buyer}." in mails[0]["text"], "who owns several knows for which"


async def test_the_facts_of_the_seller_that_count_on_the_day_are_taken(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    later = SellerDetails(from_day=date(2026, 9, 8), name="Miasto i Gmina", nip=SELLER.nip, line1="Rynek 2")
    async with transaction(db) as tx:
        actor = await acting(db, cast.coordinator)
        await set_seller(tx, actor=actor, gmina_id=cast.niepolomice, details=later, seen=None, now=NOW)
    today, tomorrow = await issue(db, sale(cast)), await issue(db, sale(cast), now=NOW + timedelta(days=1))
    async with statement(db) as tx:
        names = [await tx.fetchval("SELECT document->'seller'->>'name' FROM invoice WHERE id = $1", one.id) for one in (today, tomorrow)]  # fmt: skip
    assert names == ["Gmina Niepołomice", "Miasto i Gmina"]


async def test_nothing_is_issued_before_the_gmina_has_said_who_it_is(db: Database, cast: Cast) -> None:
    with pytest.raises(NipMissing):
        await issue(db, sale(cast))
    with pytest.raises(BuyerMissing):
        await issue(db, of_resident(cast))
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE invoice_seller SET from_day = '2026-12-01'")
    with pytest.raises(SellerMissing):
        await issue(db, sale(cast))


async def test_an_organisation_needs_its_nip_before_it_pays(db: Database, cast: Cast) -> None:
    async with statement(db) as tx:
        with pytest.raises(NipMissing):
            await buyer_before_payment(tx, account_id=cast.owner.id, organisation_id=cast.acme)
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        found = await buyer_before_payment(tx, account_id=cast.owner.id, organisation_id=cast.acme)
    assert found.nip == "5261040828"
    with pytest.raises(NipMissing):
        await attempt(db, lambda tx: issue_advance(tx, sale=sale(cast), buyer=ANNA, now=NOW))


async def test_an_advance_is_of_the_day_the_money_came(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    sold = sale(cast, supplied_on=date(2026, 10, 1), payment=Payment(form=PaymentForm.CARD, paid_on=date(2026, 9, 6)))
    made = await attempt(db, lambda tx: issue_advance(tx, sale=sold, now=NOW))
    assert (made.kind, made.supplied_on, made.gross) == (InvoiceKind.ADVANCE, date(2026, 9, 6), worth(LINES).gross)
    due = sale(
        cast,
        payment=Payment(form=PaymentForm.TRANSFER, due_on=date(2026, 9, 20), account="PL61109010140000071219812874"),
    )
    with pytest.raises(HowPaid):
        await attempt(db, lambda tx: issue_advance(tx, sale=due, now=NOW))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE invoice SET gross = gross",
        "UPDATE invoice SET number = 'x'",
        "UPDATE invoice SET document = '{}'",
        "UPDATE invoice SET document = document || '{\"buyer\": {}}', forgotten_at = '2032-12-31'",
        "UPDATE invoice SET document = document || '{\"lines\": []}', forgotten_at = '2060-06-01'",
        "DELETE FROM invoice",
        "TRUNCATE invoice CASCADE",
    ],
)
async def test_what_was_issued_stays_as_it_is(db: Database, cast: Cast, deed: str) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, of_resident(cast))
    async with transaction(db) as tx:
        await tx.execute("UPDATE invoice SET ksef_number = 'first', ksef_noted_at = now() WHERE id = $1", made.id)
    async with statement(db) as tx:
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute(deed)


async def test_sums_that_do_not_add_up_are_refused_by_the_database(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    await issue(db, sale(cast))
    copy = """INSERT INTO invoice SELECT (jsonb_populate_record(invoice,
        jsonb_build_object('id', uuidv7(), 'n', 2, 'number', 'x', 'charge_id', NULL, 'vat', vat + 1))).* FROM invoice"""
    async with statement(db) as tx:
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await tx.execute(copy)
    assert refused.value.constraint_name == "invoice_sums"
