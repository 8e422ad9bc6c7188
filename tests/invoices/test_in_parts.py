"""What comes in parts, or not in time: one invoice, which says what came and what is due."""

from datetime import date, timedelta

import pytest
from lxml import etree

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices.check_invoices import check_invoices
from incubator.invoices.document import PartPaid, Payment, PaymentForm
from incubator.invoices.invoice_charge import NotPaidYet, invoice_at_desk, invoice_overdue, waiting_for
from incubator.invoices.ksef import fa3
from incubator.invoices.queries import invoice_for
from incubator.invoices.structured import handed_out
from incubator.invoices.whole import HowPaid, whole
from incubator.payments.cancel_charge import cancel_charge
from incubator.payments.rules import Step
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from tests.bookings.paying import pays_first
from tests.bookings.test_charge import book, priced
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import open_for_invoices
from tests.invoices.documents import document
from tests.invoices.schema import faults
from tests.invoices.test_invoice_charge import invoices, paid
from tests.moments import on
from tests.payments.test_online import charge_of
from tests.pricing.cast import put_list

ACCOUNT = "PL61109010140000071219812874"
BANK = """
INSERT INTO bank_account (gmina_id, iban, holder, nip, valid_from, by_id)
SELECT $1, $2, 'Gmina Niepołomice', '6830010031', '2026-01-01', id FROM account LIMIT 1
"""
LATER = NOW + timedelta(days=20)


async def came(db: Database, charge_id: object, amount: int, method: Method, day: date) -> None:
    given = {"charge_id": charge_id, "amount": amount, "received_on": day, "reference": f"{method}{amount}", "now": NOW}
    await attempt(db, lambda tx: settle_charge(tx, method=method, **given))  # type: ignore[arg-type]


async def file_of(db: Database, cast: Cast) -> etree._Element:
    async with transaction(db) as tx:
        key = await tx.fetchval("SELECT id FROM invoice")
        found = await invoice_for(tx, actor=await acting(db, cast.coordinator), invoice_id=key)
        file = await handed_out(tx, found=found, now=NOW)
    assert faults(file) == []
    return etree.fromstring(file)


def told(file: etree._Element, *tags: str) -> list[str | None]:
    payment = file.find(".//{*}Platnosc")
    return [one.text for one in payment.iter() if etree.QName(one).localname in tags]


@pytest.mark.parametrize(
    ("method", "form"), [(Method.CARD, "2"), (Method.TRANSFER, "6"), (Method.P24, "6"), (Method.BLIK, "7")]
)
async def test_the_file_says_how_it_was_paid(db: Database, cast: Cast, method: Method, form: str) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    await paid(db, await book(db, cast, cast.member), method=method)
    assert told(await file_of(db, cast), "FormaPlatnosci", "Zaplacono") == ["1", form]


async def test_what_came_in_parts_is_told_part_by_part(db: Database, cast: Cast) -> None:
    """73.80 zł and a deposit of 100 zł, in three parts and ways: what is beyond the price is the deposit's."""
    await priced(db, cast, deposit=10_000)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    charge_id = await charge_of(db, made)
    await came(db, charge_id, 5_000, Method.TRANSFER, date(2026, 9, 3))
    await came(db, charge_id, 2_000, Method.BLIK, date(2026, 9, 4))
    await paid(db, made, method=Method.CARD)
    file = await file_of(db, cast)
    assert told(file, "ZnacznikZaplatyCzesciowej") == ["2"]
    assert told(file, "KwotaZaplatyCzesciowej", "FormaPlatnosci") == ["50.00", "6", "20.00", "7", "3.80", "2"]
    assert len(await invoices(db)) == 1


async def test_what_is_not_paid_in_time_is_invoiced_with_what_is_due(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    charge_id, desk = await charge_of(db, made), await acting(db, cast.coordinator)
    await came(db, charge_id, 5_000, Method.TRANSFER, date(2026, 9, 3))
    await attempt(db, lambda tx: invoice_overdue(tx, now=NOW))
    with pytest.raises(NotPaidYet):
        await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=NOW))
    await attempt(db, lambda tx: invoice_overdue(tx, now=LATER))
    assert await invoices(db) == [], "nobody said where it is to be paid"
    async with transaction(db) as tx:
        assert [one.gross for one in await waiting_for(tx, gmina_id=cast.niepolomice, now=LATER)] == [7_380]
        await tx.execute(BANK, cast.niepolomice, ACCOUNT)
    for _ in range(2):
        await attempt(db, lambda tx: invoice_overdue(tx, now=LATER))
    assert [(kind, net, vat) for kind, _, net, vat in await invoices(db)] == [("invoice", 6_000, 1_380)]
    file = await file_of(db, cast)
    assert told(file, "ZnacznikZaplatyCzesciowej", "KwotaZaplatyCzesciowej", "Termin", "NrRB") == [
        "1",
        "50.00",
        (NOW + timedelta(days=14)).date().isoformat(),
        ACCOUNT,
    ]
    await paid(db, made)
    assert len(await invoices(db)) == 1, "the rest needs no other"
    async with statement(db) as tx:
        assert await check_invoices(tx, now=NOW) == {}


async def test_what_is_given_up_unpaid_is_not_invoiced_before_it_is_paid(db: Database, cast: Cast) -> None:
    """Nothing is owed once its time is over, though nobody has given it up yet."""
    await pays_first(db, cast)
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await tx.execute(BANK, cast.niepolomice, ACCOUNT)
    made = await book(db, cast, cast.member, period=on(date(2026, 9, 22), "10:00", "12:00"))
    charge_id, desk = await charge_of(db, made), await acting(db, cast.coordinator)
    await attempt(db, lambda tx: invoice_overdue(tx, now=LATER))
    with pytest.raises(NotPaidYet):
        await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=LATER))
    await paid(db, made)
    assert [number for _, number, *_ in await invoices(db)] == ["las/2026/1"]


WITHOUT = {
    "buyer": "DELETE FROM invoice_buyer WHERE organisation_id <> (SELECT id FROM organisation WHERE name = 'Acme')",
    "seller": "UPDATE invoice_seller SET from_day = '2027-01-01' WHERE name = 'Gmina Skawina'",
    "a name that fits": """
        UPDATE invoice_buyer SET told = jsonb_set(told, '{name}', to_jsonb(repeat('a', 600)))
        WHERE organisation_id = (SELECT id FROM organisation WHERE name = 'Rival')""",
}


@pytest.mark.parametrize("lack", ["account", *WITHOUT])
async def test_what_cannot_be_invoiced_yet_keeps_nothing_else_waiting(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    """The room in Skawina was to be paid earlier, and comes first of the one that is taken at a time."""
    monkeypatch.setattr("incubator.invoices.invoice_charge.MOST", 1)
    await priced(db, cast)
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await put_list(tx, incubator=cast.rynek, space=cast.other_room, published=True)
        await tx.execute(BANK, cast.niepolomice, ACCOUNT)
        if lack != "account":
            await tx.execute(BANK, cast.skawina, ACCOUNT)
    first = await book(db, cast, cast.stranger, space_id=cast.other_room, organisation_id=cast.rival)
    await book(db, cast, cast.member)
    async with transaction(db) as tx:
        await tx.execute("UPDATE charge SET due_at = $2 WHERE subject_id = $1", first.id, NOW)
        if lack in WITHOUT:
            await tx.execute(WITHOUT[lack])
    await attempt(db, lambda tx: invoice_overdue(tx, now=LATER))
    assert [number for _, number, *_ in await invoices(db)] == ["las/2026/1"]


async def test_what_people_have_not_paid_is_not_invoiced_unasked(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await tx.execute(BANK, cast.niepolomice, ACCOUNT)
    await book(db, cast, cast.resident, own=True)
    await attempt(db, lambda tx: invoice_overdue(tx, now=LATER))
    assert await invoices(db) == []


async def test_what_is_kept_of_a_booking_that_was_called_off_is_invoiced_at_that(db: Database, cast: Cast) -> None:
    """Half goes back before anything was invoiced: the invoice is of the other half, at the desk and by itself."""
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    charge_id, desk = await charge_of(db, made), await acting(db, cast.coordinator)
    half, left = (Step(timedelta(0), 50),), timedelta(days=1)
    given = {"charge_id": charge_id, "steps": half, "left": left, "reason": "called_off", "by": None, "now": NOW}
    await attempt(db, lambda tx: cancel_charge(tx, **given))  # type: ignore[arg-type]
    await open_for_invoices(db, cast)
    async with statement(db) as tx:
        assert [one.gross for one in await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW)] == [3_690]
    await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=NOW))
    assert [(net, vat) for _, _, net, vat in await invoices(db)] == [(3_000, 690)]
    async with statement(db) as tx:
        assert await check_invoices(tx, now=NOW) == {}


def test_parts_are_of_something_and_of_days() -> None:
    part = PartPaid(amount=100, paid_on=date(2026, 9, 3), form=PaymentForm.CARD)
    due = Payment(form=PaymentForm.TRANSFER, due_on=date(2026, 9, 20), account=ACCOUNT, parts=(part,))
    assert faults(fa3(whole(document(payment=due)))) == []
    for amount in (0, -1):
        wrong = PartPaid(amount=amount, paid_on=part.paid_on, form=part.form)
        with pytest.raises(HowPaid):
            whole(document(payment=Payment(form=PaymentForm.CARD, paid_on=part.paid_on, parts=(wrong,))))
    with pytest.raises(HowPaid):
        whole(document(payment=Payment(form=PaymentForm.CARD, paid_on=part.paid_on, parts=(part,) * 101)))
