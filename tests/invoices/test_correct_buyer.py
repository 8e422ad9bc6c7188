"""Corrections of whom an invoice names, and invoices in the place of one that named another."""

import pytest
from lxml import etree

from incubator.db.engine import Database, attempt, statement
from incubator.invoices.correct_buyer import AnotherBuyer, NamedSo, NothingLeftToName, correct_buyer, invoice_another
from incubator.invoices.correct_invoice import correct_after_refund, correct_invoice
from incubator.invoices.details import BuyerForm, NipMissing
from incubator.invoices.issue_invoice import issue_advance
from incubator.invoices.note_ksef_number import note_ksef_number
from incubator.invoices.queries import invoice_for
from incubator.invoices.structured import handed_out
from incubator.invoices.views import InvoiceInFull, InvoiceView
from incubator.people.guards import NotYours
from incubator.people.rules import BadNip
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import ACME, issue, of_resident, open_for_invoices, sale
from tests.invoices.schema import faults
from tests.races import outcomes

RENAMED = BuyerForm(name="Acme Robotics sp. z o.o.", nip=ACME.nip, line1="Leśna 5", line2=ACME.line2)
OTHER = BuyerForm(name="Zupełnie Inna sp. z o.o.", nip="1132191233", line1="Prosta 1")
REASON = "Błędna nazwa nabywcy"
KSEF = "6830010031-20260907-0100A0B1C2D3-5F"


async def rename(db: Database, cast: Cast, made: InvoiceView, buyer: BuyerForm) -> InvoiceView:
    actor = await acting(db, cast.coordinator)
    given = {"actor": actor, "invoice_id": made.id, "buyer": buyer, "reason": REASON, "now": NOW}
    return await attempt(db, lambda tx: correct_buyer(tx, **given))


async def another(db: Database, cast: Cast, made: InvoiceView, buyer: BuyerForm) -> InvoiceView:
    actor = await acting(db, cast.coordinator)
    given = {"actor": actor, "invoice_id": made.id, "buyer": buyer, "reason": REASON, "now": NOW}
    return await attempt(db, lambda tx: invoice_another(tx, **given))


async def give_back(db: Database, cast: Cast, made: InvoiceView, refund: int) -> InvoiceView:
    actor = await acting(db, cast.coordinator)
    given = {"actor": actor, "invoice_id": made.id, "refund": refund, "reason": "Zwrot", "now": NOW}
    return await attempt(db, lambda tx: correct_invoice(tx, **given))


async def read(db: Database, cast: Cast, made: InvoiceView) -> InvoiceInFull:
    async with statement(db) as tx:
        return await invoice_for(tx, actor=await acting(db, cast.coordinator), invoice_id=made.id)


async def test_a_correction_of_the_name_changes_no_amount_and_says_both(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    made = await rename(db, cast, first, RENAMED)
    assert (made.number, made.kind, made.corrects, made.gross) == ("las/2026/2", "correction", first.id, 0)
    found = await read(db, cast, made)
    before = found.document.buyer_before
    assert before is not None and (before.name, found.document.buyer.name) == (ACME.name, RENAMED.name)
    assert found.left == first.gross
    desk = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        await note_ksef_number(tx, actor=desk, invoice_id=first.id, number=KSEF, now=NOW)
    found = await read(db, cast, made)
    async with statement(db) as tx:
        file = await handed_out(tx, found=found, now=NOW)
    names = [one.text for one in etree.fromstring(file).iter("{*}Nazwa")]
    assert names == ["Gmina Niepołomice", RENAMED.name, "LAS Open Space", ACME.name]
    assert faults(file) == []


async def test_what_follows_begins_with_the_name_as_it_was_corrected(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    await give_back(db, cast, first, 3710)
    await rename(db, cast, first, RENAMED)
    with pytest.raises(NamedSo):
        await rename(db, cast, first, RENAMED)
    last = await give_back(db, cast, first, 40000)
    document = (await read(db, cast, last)).document
    assert (document.buyer.name, document.buyer_before) == (RENAMED.name, None)
    with pytest.raises(NothingLeftToName):
        await rename(db, cast, first, ACME)


async def test_a_number_is_not_corrected_but_invoiced_anew(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    sold = sale(cast)
    first = await issue(db, sold)
    with pytest.raises(AnotherBuyer):
        await rename(db, cast, first, OTHER)
    await give_back(db, cast, first, 3710)
    made = await another(db, cast, first, OTHER)
    assert (made.number, made.kind, made.instead_of, made.gross) == ("las/2026/4", "invoice", first.id, 40000)
    assert (made.buyer_nip, made.charge_id) == (OTHER.nip, sold.charge_id)
    old = await read(db, cast, first)
    assert (old.left, old.replaced_by, [one.gross for one in old.corrections]) == (0, made.number, [-3710, -40000])
    assert faults_of(await read(db, cast, made), await file_of(db, cast, made)) == []
    with pytest.raises(NothingLeftToName):
        await another(db, cast, first, ACME)
    third = await another(db, cast, made, ACME)
    assert third.instead_of == made.id


async def file_of(db: Database, cast: Cast, made: InvoiceView) -> bytes:
    found = await read(db, cast, made)
    async with statement(db) as tx:
        return await handed_out(tx, found=found, now=NOW)


def faults_of(found: InvoiceInFull, file: bytes) -> list[str]:
    assert found.invoice.number.encode() in file
    return faults(file)


async def test_an_advance_that_named_another_stays_an_advance(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await attempt(db, lambda tx: issue_advance(tx, sale=of_resident(cast), now=NOW))
    made = await rename(db, cast, first, BuyerForm(name="Anna Nowak", line1="Szkolna 7/2"))
    assert faults(await file_of(db, cast, made)) == []
    new = await another(db, cast, made, BuyerForm(name="Jan Nowak", line1="Szkolna 7/2"))
    assert (new.kind, new.supplied_on) == ("advance", first.supplied_on)


async def test_money_that_goes_back_corrects_the_invoice_that_stands(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    sold = sale(cast)
    assert sold.charge_id is not None
    charge = sold.charge_id
    first = await issue(db, sold)
    made = await another(db, cast, first, OTHER)
    back = await attempt(db, lambda tx: correct_after_refund(tx, charge_id=charge, refund=100, reason="x", now=NOW))
    assert back is not None and (back.corrects, back.gross) == (made.id, -100)


async def test_who_correct_at_once_correct_one_after_the_other(db: Database, cast: Cast) -> None:
    """Twelve come: one new invoice at most, no amount is taken back twice, and numbers have no gap."""
    await open_for_invoices(db, cast)
    sold = sale(cast)
    assert sold.charge_id is not None
    charge = sold.charge_id
    first = await issue(db, sold)

    def refund() -> object:
        return attempt(db, lambda tx: correct_after_refund(tx, charge_id=charge, refund=1000, reason="x", now=NOW))

    came = [rename(db, cast, first, RENAMED) for _ in range(4)]
    came += [another(db, cast, first, OTHER) for _ in range(4)]
    got = await outcomes(*came, *(refund() for _ in range(4)))
    assert got[4:8].count(NothingLeftToName) == 3
    assert all(one in (NamedSo, NothingLeftToName) or not isinstance(one, type) for one in got[:4])
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT sum(gross)::bigint FROM invoice") == first.gross - 4000
        rows = await tx.fetch("SELECT n FROM invoice ORDER BY n")
        assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))
        assert await tx.fetchval("SELECT count(*) FROM invoice WHERE instead_of = $1", first.id) == 1


async def test_only_the_desk_renames_and_what_it_types_is_checked(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    for who in (cast.other_coordinator, cast.owner):
        given = {"actor": await acting(db, who), "invoice_id": first.id, "buyer": RENAMED, "reason": "x", "now": NOW}
        for verb in (correct_buyer, invoice_another):
            with pytest.raises(NotYours):
                await attempt(db, lambda tx, verb=verb, given=given: verb(tx, **given))  # type: ignore[misc]
    nameless = BuyerForm(name="Zupełnie Inna", line1="Prosta 1")
    with pytest.raises(NipMissing):
        await another(db, cast, first, nameless)
    with pytest.raises(BadNip):
        await another(db, cast, first, BuyerForm(name="X", line1="Y", nip="123"))
    with pytest.raises(NamedSo):
        await another(db, cast, first, ACME)
