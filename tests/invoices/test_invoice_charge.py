"""A booking that is paid is invoiced: by itself for an organisation, when asked for by a person."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.reschedule import reschedule
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import HAND_OVER
from incubator.invoices.correct_invoice import correct_invoice
from incubator.invoices.details import BuyerForm
from incubator.invoices.invoice_charge import (
    NotPaidYet,
    ask_for_invoice,
    invoice_at_desk,
    waiting_for,
)
from incubator.invoices.issuing import InvoicedAlready
from incubator.invoices.parties import BuyerMissing
from incubator.invoices.set_buyer import set_buyer
from incubator.kernel.money import Vat
from incubator.kernel.period import Period
from incubator.payments.locked import NoSuchCharge
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from incubator.pricing.details import ExtraDetails
from tests.bookings.test_charge import book, priced
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.invoices.cast import open_for_invoices
from tests.moments import NOW
from tests.payments.test_online import charge_of
from tests.pricing.cast import a_tariff, hourly, in_force

Visit = Callable[..., httpx.AsyncClient]
MONTH = "/desk/gminas/niepolomice/invoices"
LATER = NOW + timedelta(days=3)


async def paid(db: Database, booking: BookingView, *, method: Method = Method.TRANSFER) -> None:
    """All of it, on the day, and what follows from it."""
    charge_id = await charge_of(db, booking)
    async with transaction(db) as tx:
        amount = await tx.fetchval("SELECT outstanding FROM charge WHERE id = $1", charge_id)
        day, reference = NOW.date(), str(booking.id)
        await settle_charge(
            tx, charge_id=charge_id, method=method, amount=amount, received_on=day, reference=reference, now=NOW
        )
    await HAND_OVER.tell_paid(db, subject_id=charge_id, now=NOW)


async def invoices(db: Database) -> list[tuple[str, str, int, int]]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT kind, number, net, vat FROM invoice ORDER BY n")
    return [tuple(row) for row in rows]


async def test_a_paid_booking_of_an_organisation_is_invoiced_by_itself_once(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=50_000, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        projector = await tx.fetchval("SELECT id FROM extra")
    made = await book(db, cast, cast.member, extras=(projector,))
    await paid(db, made, method=Method.BLIK)
    await HAND_OVER.tell_paid(db, subject_id=await charge_of(db, made), now=NOW)
    ((kind, number, net, vat),) = await invoices(db)
    assert (kind, net, vat) == ("advance", 8_000, 1_840)  # it is for tomorrow; the deposit is no sale
    async with statement(db) as tx:
        assert await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW) == []
        document = await tx.fetchval("SELECT document::text FROM invoice")
        letter = await tx.fetchrow("SELECT subject, text FROM mail WHERE subject LIKE 'Invoice%' LIMIT 1")
    assert '"mobile"' in document and "Rzutnik" in document
    assert letter["subject"] == f"Invoice {number}" and letter["text"].startswith("Hello")


async def test_what_cannot_be_invoiced_yet_waits_at_the_desk(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    assert await invoices(db) == []
    desk, charge_id = await acting(db, cast.coordinator), await charge_of(db, made)
    async with statement(db) as tx:
        assert [one.id for one in await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW)] == [charge_id]
        assert await tx.fetchval("SELECT after->>'code' FROM history WHERE verb = 'invoice_waits'") is not None
    await open_for_invoices(db, cast)
    issued = await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=LATER))
    assert [(kind, net) for kind, _, net, _ in await invoices(db)] == [("invoice", 6_000)]
    assert issued.charge_id == charge_id
    with pytest.raises(InvoicedAlready):
        await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=LATER))
    other = await acting(db, cast.other_coordinator)
    with pytest.raises(NoSuchCharge):
        await attempt(db, lambda tx: invoice_at_desk(tx, actor=other, charge_id=charge_id, now=LATER))


async def test_a_person_gets_an_invoice_when_they_ask_for_it(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.resident, own=True)
    charge_id, resident = await charge_of(db, made), await acting(db, cast.resident)
    with pytest.raises(NotPaidYet):
        await attempt(db, lambda tx: ask_for_invoice(tx, actor=resident, charge_id=charge_id, now=NOW))
    await paid(db, made)
    assert await invoices(db) == []
    await attempt(db, lambda tx: ask_for_invoice(tx, actor=resident, charge_id=charge_id, now=LATER))
    assert [(kind, net, vat) for kind, _, net, vat in await invoices(db)] == [("invoice", 10_000, 2_300)]


async def test_who_has_not_said_whom_invoices_name_is_asked_first(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.colleague, own=True)
    await paid(db, made)
    charge_id, colleague = await charge_of(db, made), await acting(db, cast.colleague)

    async def ask() -> None:
        await attempt(db, lambda tx: ask_for_invoice(tx, actor=colleague, charge_id=charge_id, now=LATER))

    with pytest.raises(BuyerMissing):
        await ask()
    name = BuyerForm(name="Jan Nowak", line1="Szkolna 1", line2="30-001 Kraków")
    told = {"actor": colleague, "organisation_id": None, "details": name, "seen": 0, "now": NOW}
    await attempt(db, lambda tx: set_buyer(tx, **told))
    await ask()
    assert len(await invoices(db)) == 1


async def test_the_invoice_of_a_booking_that_is_called_off_is_corrected_once(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=50_000)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    member = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=member, booking_id=made.id, now=NOW))
    assert await invoices(db) == [
        ("advance", "las/2026/1", 6_000, 1_380),
        ("correction", "las/2026/2", -6_000, -1_380),
    ]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM charge") == "cancelled"
        assert await tx.fetchval("SELECT document->'corrected'->>'reason' FROM invoice WHERE n = 2") == (
            "Odwołanie rezerwacji"
        )


async def test_what_the_desk_corrected_before_hinders_nobody_from_calling_off(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    desk, member = await acting(db, cast.coordinator), await acting(db, cast.member)
    async with statement(db) as tx:
        first = await tx.fetchval("SELECT id FROM invoice")
    given = {"actor": desk, "invoice_id": first, "refund": 7_000, "reason": "Reklamacja", "now": NOW}
    await attempt(db, lambda tx: correct_invoice(tx, **given))
    await attempt(db, lambda tx: cancel(tx, actor=member, booking_id=made.id, now=NOW))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT array_agg(gross ORDER BY n) FROM invoice") == [7_380, -7_000, -380]


async def test_the_invoice_of_a_booking_that_is_moved_is_corrected_and_another_follows(
    db: Database, cast: Cast
) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    member = await acting(db, cast.member)
    longer = Period(made.period.start, made.period.end + timedelta(hours=1))
    await attempt(db, lambda tx: reschedule(tx, actor=member, booking_id=made.id, period=longer, now=NOW))
    async with statement(db) as tx:
        told = await tx.fetch("SELECT gross, document->'corrected'->>'reason' AS why FROM invoice ORDER BY n")
    assert [tuple(row) for row in told] == [(7_380, None), (-7_380, "Zmiana terminu rezerwacji")]


async def test_what_the_tax_does_not_know_is_not_invoiced_and_waits_for_nothing(db: Database, cast: Cast) -> None:
    rates = (hourly("commercial", 10_000), hourly("incubated", 10_000))
    await in_force(db, cast, a_tariff(cast.room_l, rates=rates, vat=Vat.OUT_OF_SCOPE))
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    assert await invoices(db) == []
    async with statement(db) as tx:
        assert await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW) == []


async def test_what_an_invoice_cannot_hold_waits_at_the_desk(db: Database, cast: Cast) -> None:
    extras = tuple(
        ExtraDetails(name_pl=f"Kawa {sign}", price=100, vat=Vat.EXEMPT, basis=sign * 200) for sign in ("a", "b")
    )
    await priced(db, cast, extras=extras)
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        keys = [row["id"] for row in await tx.fetch("SELECT id FROM extra")]
    made = await book(db, cast, cast.member, extras=tuple(keys))
    await paid(db, made)
    async with statement(db) as tx:
        assert [one.gross for one in await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW)] == [7_580]
        assert await tx.fetchval("SELECT after->>'code' FROM history WHERE verb = 'invoice_waits'") == (
            "not_for_an_invoice"
        )


async def test_a_person_who_asks_before_the_day_gets_the_invoice_of_an_advance(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.resident, own=True)
    await paid(db, made)
    charge_id, resident = await charge_of(db, made), await acting(db, cast.resident)
    await attempt(db, lambda tx: ask_for_invoice(tx, actor=resident, charge_id=charge_id, now=NOW))
    assert [kind for kind, *_ in await invoices(db)] == ["advance"]


async def test_the_desk_is_told_why_it_cannot_be_issued_yet(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    desk = visit(cast.coordinator)
    answer = await post_form(desk, f"/desk/charges/{await charge_of(db, made)}/invoice")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/invoices")
    told = await desk.get(MONTH)
    assert "The buyer has not given their name" in told.text


async def test_who_asks_for_an_invoice_that_there_is_finds_it(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.owner)
    await paid(db, made)
    owner = visit(cast.owner)
    answer = await post_form(owner, f"/payments/{await charge_of(db, made)}/invoice")
    assert (answer.status_code, answer.headers.get("location")) == (303, "/me/invoices")
    assert "There is an invoice for this already." in (await owner.get("/me/invoices")).text


async def test_an_invoice_that_is_asked_for_while_it_is_called_off_is_not_issued(db: Database, cast: Cast) -> None:
    """It would say the full price, and nothing would correct it."""
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.colleague, own=True)
    await paid(db, made)
    charge_id, actor, desk = (
        await charge_of(db, made),
        await acting(db, cast.colleague),
        await acting(db, cast.coordinator),
    )
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
        asked = [
            asyncio.create_task(attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=NOW))),
            asyncio.create_task(attempt(db, lambda tx: ask_for_invoice(tx, actor=actor, charge_id=charge_id, now=NOW))),
        ]
        await asyncio.sleep(0.5)
    assert {type(one) for one in await asyncio.gather(*asked, return_exceptions=True)} == {NotPaidYet}
    assert await invoices(db) == []


async def test_a_payment_and_its_invoice_lead_to_each_other_at_the_desk(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    charge_id, desk = await charge_of(db, made), visit(cast.coordinator)
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT id, number FROM invoice")
    assert f'href="/desk/invoices/{row["id"]}">{row["number"]}' in (await desk.get(f"/desk/charges/{charge_id}")).text
    assert f'href="/desk/charges/{charge_id}"' in (await desk.get(f"/desk/invoices/{row['id']}")).text
