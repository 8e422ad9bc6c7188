"""Corrections after money was given back."""

from datetime import date

import pytest
from lxml import etree

from incubator.db.engine import Database, attempt, statement
from incubator.invoices.correct_invoice import (
    MoreThanIsLeft,
    NothingGivenBack,
    correct_after_refund,
    correct_invoice,
)
from incubator.invoices.issue_invoice import issue_advance
from incubator.invoices.note_ksef_number import KsefNumberKept, NotAKsefNumber, note_ksef_number
from incubator.invoices.queries import NoSuchInvoice, invoice_for
from incubator.invoices.structured import KsefNumberMissing, handed_out
from incubator.invoices.views import InvoiceView
from incubator.kernel.ids import uuid7
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import issue, of_resident, open_for_invoices, sale
from tests.invoices.schema import faults
from tests.races import outcomes

REASON = "Odwołanie rezerwacji"
KSEF = "6830010031-20260907-0100A0B1C2D3-5F"


async def correct(db: Database, cast: Cast, invoice: InvoiceView, refund: int) -> InvoiceView:
    actor = await acting(db, cast.coordinator)
    given = {"actor": actor, "invoice_id": invoice.id, "refund": refund, "reason": REASON, "now": NOW}
    return await attempt(db, lambda tx: correct_invoice(tx, **given))


async def test_a_correction_says_what_it_takes_back_and_follows_in_the_series(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    made = await correct(db, cast, first, 43710)
    assert (made.number, made.kind, made.corrects) == ("las/2026/2", "correction", first.id)
    assert (made.net, made.vat, made.gross) == (-37033, -6677, -43710)


async def test_two_corrections_stack_and_the_second_begins_where_the_first_left_off(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    one = await correct(db, cast, first, 20000)
    two = await correct(db, cast, one, 23710)
    async with statement(db) as tx:
        actor = await acting(db, cast.owner)
        second = await invoice_for(tx, actor=actor, invoice_id=two.id)
        earlier = await invoice_for(tx, actor=actor, invoice_id=one.id)
        original = await invoice_for(tx, actor=actor, invoice_id=first.id)
    assert second.document.corrected is not None
    assert second.document.corrected.before == earlier.document.lines
    assert (second.document.corrected.number, second.invoice.corrects) == (first.number, first.id)
    assert [one.gross for one in original.corrections] == [-20000, -23710]
    assert original.left == 0


async def test_no_more_is_taken_back_than_stands_however_many_come_at_once(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    got = await outcomes(*(correct(db, cast, first, 10000) for _ in range(9)))
    assert got.count(MoreThanIsLeft) == 5
    with pytest.raises(MoreThanIsLeft) as refused:
        await correct(db, cast, first, 3711)
    assert refused.value.left == 3710
    with pytest.raises(NothingGivenBack):
        await correct(db, cast, first, 0)


async def test_the_refund_of_a_charge_corrects_its_invoice_where_there_is_one(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    sold = sale(cast)
    await issue(db, sold)
    assert sold.charge_id is not None
    charge = sold.charge_id
    made = await attempt(db, lambda tx: correct_after_refund(tx, charge_id=charge, refund=100, reason=REASON, now=NOW))
    assert made is not None and made.gross == -100
    other = uuid7()
    assert (
        await attempt(db, lambda tx: correct_after_refund(tx, charge_id=other, refund=1, reason="x", now=NOW)) is None
    )


async def test_only_the_desk_of_the_gmina_corrects(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    for who in (cast.other_coordinator, cast.owner):
        actor = await acting(db, who)
        given = {"actor": actor, "invoice_id": first.id, "refund": 1, "reason": REASON, "now": NOW}
        with pytest.raises(NotYours):
            await attempt(db, lambda tx, given=given: correct_invoice(tx, **given))  # type: ignore[misc]


async def test_the_correction_of_an_advance_is_one_of_an_advance(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await attempt(db, lambda tx: issue_advance(tx, sale=of_resident(cast), now=NOW))
    made = await correct(db, cast, first, 3710)
    async with statement(db) as tx:
        found = await invoice_for(tx, actor=await acting(db, cast.resident), invoice_id=made.id)
        file = await handed_out(tx, found=found, now=NOW)
    told = {etree.QName(one).localname: one.text for one in etree.fromstring(file).iter()}
    assert (told["RodzajFaktury"], told["P_15"], told["P_15ZK"], told["NrKSeFN"]) == (
        "KOR_ZAL",
        "-37.10",
        "437.10",
        "1",
    )
    assert faults(file) == []


async def test_the_correction_for_a_company_names_the_number_that_ksef_gave(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    made = await correct(db, cast, first, 43710)
    actor, desk = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with statement(db) as tx:
        with pytest.raises(KsefNumberMissing):
            await handed_out(tx, found=await invoice_for(tx, actor=actor, invoice_id=made.id), now=NOW)
        await note_ksef_number(tx, actor=desk, invoice_id=first.id, number=f" {KSEF.lower()}", now=NOW)
        file = await handed_out(tx, found=await invoice_for(tx, actor=actor, invoice_id=made.id), now=NOW)
    assert KSEF.encode() in file
    assert faults(file) == []


async def test_a_ksef_number_is_noted_once_and_is_of_the_gmina(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first, second = await issue(db, sale(cast)), await issue(db, sale(cast))
    desk, stranger = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with statement(db) as tx:
        for wrong in ("", "las/2026/1", KSEF.replace("6830010031", "5261040828"), KSEF[:-1]):
            with pytest.raises(NotAKsefNumber):
                await note_ksef_number(tx, actor=desk, invoice_id=first.id, number=wrong, now=NOW)
        with pytest.raises(NotYours):
            await note_ksef_number(tx, actor=stranger, invoice_id=first.id, number=KSEF, now=NOW)
        found = await note_ksef_number(tx, actor=desk, invoice_id=first.id, number=KSEF, now=NOW)
        assert found.invoice.ksef_number == KSEF
        for again in (first, second):
            with pytest.raises(KsefNumberKept):
                await note_ksef_number(tx, actor=desk, invoice_id=again.id, number=KSEF, now=NOW)
        with pytest.raises(NoSuchInvoice):
            await note_ksef_number(tx, actor=desk, invoice_id=uuid7(), number=KSEF, now=NOW)


def test_the_day_of_these_tests_is_in_the_number() -> None:
    assert date(2026, 9, 7).strftime("%Y%m%d") in KSEF
