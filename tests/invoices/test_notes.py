"""Accounting notes, for what the tax does not know: issued by themselves, numbered of their own, brought in step."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import asyncpg
import httpx
import pytest
from pypdf import PdfReader

from incubator.bookings.cancel import cancel
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices.check_invoices import check_invoices
from incubator.invoices.forget_buyers import forget_buyers
from incubator.invoices.notes_due import notes_due
from incubator.kernel.money import Vat
from incubator.payments.queries import payments_of
from incubator.payments.return_deposit import return_deposit
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from incubator.payments.unmatch import unmatch
from incubator.pricing.details import ExtraDetails
from tests.bookings.test_charge import book, priced
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import open_for_invoices
from tests.invoices.test_invoice_charge import invoices, paid
from tests.payments.money import charged
from tests.payments.test_online import charge_of
from tests.pricing.cast import a_tariff, hourly, in_force

Visit = Callable[..., httpx.AsyncClient]
NP = ExtraDetails(name_pl="Opłata za psa", price=3_000, vat=Vat.OUT_OF_SCOPE)


async def note(db: Database) -> None:
    await attempt(db, lambda tx: notes_due(tx, now=NOW))


async def notes(db: Database) -> list[tuple[str, str, int]]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT number, kind, amount FROM accounting_note ORDER BY n")
    return [tuple(row) for row in rows]


async def with_a_dog(db: Database, cast: Cast, *, deposit: int = 0) -> object:
    await priced(db, cast, deposit=deposit, extras=(NP,))
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        key = await tx.fetchval("SELECT id FROM extra")
    return await book(db, cast, cast.member, extras=(key,))


async def test_what_is_outside_the_scope_is_noted_once_beside_the_invoice(
    visit: Visit, db: Database, cast: Cast
) -> None:
    made = await with_a_dog(db, cast)
    await note(db)
    assert await notes(db) == [], "nothing was paid yet"
    await paid(db, made)
    await asyncio.gather(*(note(db) for _ in range(6)))
    await note(db)
    assert await notes(db) == [("NK/las/2026/1", "out_of_scope", 3_000)]
    assert [(kind, net) for kind, _, net, _ in await invoices(db)] == [("advance", 6_000)]
    async with statement(db) as tx:
        key = await tx.fetchval("SELECT id FROM accounting_note")
        told = await tx.fetchval("SELECT text FROM mail WHERE subject = 'Accounting note NK/las/2026/1' LIMIT 1")
        assert await check_invoices(tx, now=NOW) == {}
    assert "/me/invoices#notes" in told and "note was issued for Acme, for what" in told
    member = visit(cast.member)
    content = await member.get(f"/notes/{key}/note.pdf")
    assert content.headers["content-disposition"] == 'attachment; filename="nota-NK-las-2026-1.pdf"'
    paper = " ".join(PdfReader(BytesIO(content.content)).pages[0].extract_text().split())
    for said in ("Nota księgowa NK/las/2026/1", "Opłata za psa", "30,00 zł", "Acme sp. z o.o.", "NIP 5261040828"):
        assert said in paper, said
    assert "NK/las/2026/1" in (await member.get("/me/invoices")).text
    assert (
        "NK/las/2026/1" in (await visit(cast.coordinator).get("/desk/gminas/niepolomice/invoices?month=2026-09")).text
    )
    listed = (await member.get("/api/accounting-notes")).json()["items"]
    assert [(one["number"], one["amount"]) for one in listed] == [("NK/las/2026/1", 3_000)]
    whole = (await member.get(f"/api/accounting-notes/{key}")).json()
    assert whole["document"]["lines"] == [{"text_pl": "Opłata za psa", "amount": 3_000}]
    for path in (f"/notes/{key}/note.pdf", f"/api/accounting-notes/{key}"):
        assert (await visit(cast.stranger).get(path)).status_code == 404


async def test_a_refund_takes_its_share_from_the_note_and_from_the_invoice(
    visit: Visit, db: Database, cast: Cast
) -> None:
    made = await with_a_dog(db, cast)
    await paid(db, made)
    await note(db)
    member = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=member, booking_id=made.id, now=NOW))
    await note(db)
    assert await notes(db) == [("NK/las/2026/1", "out_of_scope", 3_000), ("NK/las/2026/2", "out_of_scope", -3_000)]
    assert [net for _, _, net, _ in await invoices(db)] == [6_000, -6_000]
    register = await visit(cast.coordinator).get("/desk/gminas/niepolomice/invoices/register.csv?month=2026-09")
    rows = [line.split(";") for line in register.text.splitlines()]
    assert [(row[0], row[1], row[2], row[-3], row[-2]) for row in rows if row[0].startswith("NK/")] == [
        ("NK/las/2026/1", "accounting note", "", "30,00", "30,00"),
        ("NK/las/2026/2", "accounting note", "NK/las/2026/1", "-30,00", "-30,00"),
    ]
    async with statement(db) as tx:
        assert await check_invoices(tx, now=NOW) == {}
        before = await tx.fetchval("SELECT document->>'before' FROM accounting_note WHERE n = 2")
    assert before == "3000"


async def test_a_deposit_that_is_kept_is_noted_and_no_invoice(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=50_000)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    charge_id, desk = await charge_of(db, made), await acting(db, cast.coordinator)
    given = {"charge_id": charge_id, "keep": 20_000, "reason": "Stłuczona szyba", "seen": None, "now": NOW}
    await attempt(db, lambda tx: return_deposit(tx, actor=desk, **given))
    await note(db)
    assert await notes(db) == [("NK/las/2026/1", "deposit", 20_000)]
    assert len(await invoices(db)) == 1
    async with statement(db) as tx:
        line = await tx.fetchval("SELECT document->'lines'->0->>'text_pl' FROM accounting_note")
        kept = await tx.fetch("""
            SELECT account, amount FROM posting JOIN entry ON entry.id = entry_id
            WHERE entry.kind = 'deposit_kept' ORDER BY account""")
        assert await check_invoices(tx, now=NOW) == {}
    assert line == "Zatrzymana kaucja: Stłuczona szyba"
    assert [tuple(row) for row in kept] == [("deposits", 20_000), ("revenue", -20_000)], "no tax on damages"


async def test_a_note_waits_until_the_gmina_says_who_it_is(db: Database, cast: Cast) -> None:
    rates = (hourly("commercial", 10_000), hourly("incubated", 10_000))
    await in_force(db, cast, a_tariff(cast.room_l, rates=rates, vat=Vat.OUT_OF_SCOPE))
    made = await book(db, cast, cast.colleague, own=True)
    await paid(db, made)
    await note(db)
    assert await notes(db) == []
    await open_for_invoices(db, cast)
    await note(db)
    assert [kind for _, kind, _ in await notes(db)] == ["out_of_scope"]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT document->'buyer'->>'name' FROM accounting_note") != ""


async def test_notes_of_a_gmina_that_has_not_said_who_it_is_keep_no_others_waiting(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incubator.invoices.notes_due.MOST", 1)
    async with transaction(db) as tx:
        for skawina, who in ((True, cast.other_coordinator), (False, cast.coordinator)):
            charge = await charged(tx, cast, deposit=5_000, skawina=skawina)
            all_of_it = {"method": Method.TRANSFER, "amount": charge.outstanding, "received_on": NOW.date()}
            await settle_charge(tx, charge_id=charge.id, reference="", now=NOW, **all_of_it)
            given = {"charge_id": charge.id, "keep": 1_000, "reason": "Szyba", "seen": None, "now": NOW}
            await return_deposit(tx, actor=await acting(db, who), **given)
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE invoice_seller SET from_day = '2027-01-01' WHERE gmina_id = $1", cast.skawina)
    await note(db)
    assert await notes(db) == [("NK/las/2026/1", "deposit", 1_000)]


async def test_a_transfer_that_was_for_something_else_takes_its_note_back(db: Database, cast: Cast) -> None:
    made = await with_a_dog(db, cast)
    await paid(db, made)
    await note(db)
    charge_id, desk = await charge_of(db, made), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        (payment,) = await payments_of(tx, charge_id=charge_id)
        given = {"charge_id": charge_id, "payment_id": payment.id, "seen": None, "now": NOW}
        await unmatch(tx, actor=desk, **given)
    await note(db)
    assert [amount for *_, amount in await notes(db)] == [3_000, -3_000]
    async with statement(db) as tx:
        assert await check_invoices(tx, now=NOW) == {}


@pytest.mark.parametrize("deed", ["UPDATE accounting_note SET amount = 1", "DELETE FROM accounting_note"])
async def test_a_note_stays_until_the_law_lets_its_person_go(db: Database, cast: Cast, deed: str) -> None:
    await priced(db, cast, extras=(NP,))
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        key = await tx.fetchval("SELECT id FROM extra")
    await paid(db, await book(db, cast, cast.resident, own=True, extras=(key,)))
    await note(db)
    async with statement(db) as tx:
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute(deed)
    async with transaction(db) as tx:
        await forget_buyers(tx, now=NOW + timedelta(days=3 * 365))
        assert await tx.fetchval("SELECT document->'buyer'->>'name' FROM accounting_note") == "Anna Kowalska"
        await forget_buyers(tx, now=NOW + timedelta(days=8 * 365))
        assert await tx.fetchval("SELECT document->'buyer'->>'name' FROM accounting_note") == ""


async def test_the_check_tells_what_papers_and_charges_disagree_on(db: Database, cast: Cast) -> None:
    made = await with_a_dog(db, cast)
    await paid(db, made)
    await note(db)
    async with transaction(db) as tx:
        await tx.execute("UPDATE charge SET back_net = 1000, back_vat = 230, state = 'open'")
    async with statement(db) as tx:
        (told,) = (await check_invoices(tx, now=NOW)).values()
    assert [one.split(":")[0] for one in told] == ["charge 1", "charge 1"]
    assert "come to 7380" in told[0] and "(out_of_scope) come to 3000" in told[1]
