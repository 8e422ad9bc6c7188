"""The desk and a person's own page, in one afternoon."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.payments.match_payment import record_transfer
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.queries import payments_of
from incubator.payments.set_bank_account import set_bank_account
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import MONDAY, NOW
from tests.payments.money import charged

Visiting = Callable[..., httpx.AsyncClient]


async def test_a_file_of_the_bank_is_looked_at_taken_over_and_counted(
    db: Database, cast: Cast, visit: Visiting
) -> None:
    async with transaction(db) as tx:
        one, two = await charged(tx, cast), await charged(tx, cast, account=cast.owner.id)
    desk = visit(cast.coordinator)
    await desk.get("/accessibility")
    content = f"Data;Kwota;Tytuł;Nadawca\n2026-09-07;123,00;{one.title};Jan\n2026-09-07;150,00;za salę;Ewa\n".encode()
    form = {"_csrf_token": desk.cookies["csrf"], "form": "file", "version": "0"}
    answer = await desk.post("/desk/payments/bank", data=form, files={"file": ("wyciag.csv", content, "text/csv")})
    assert answer.status_code == 303
    file = answer.headers["location"]
    page = (await desk.get(file, headers={"accept-language": "en"})).text
    assert "2 transfers that came in" in page and f"/desk/charges/{one.id}" in page
    answer = await post_form(desk, file, {"form": "apply", "version": "0"})
    assert answer.headers["location"] == f"/desk/payments/bank?gmina={cast.niepolomice}"
    await post_form(desk, "/desk/payments/bank", {"form": "certain", "version": "0"})
    async with statement(db) as tx:
        line = await tx.fetchval("SELECT id FROM bank_line WHERE state = 'waiting'")
    told = {"form": "match", "version": "0", "line_id": str(line)}
    wrong = await post_form(desk, "/desk/payments/bank", {**told, "title": two.title[:-1] + "x"})
    assert wrong.status_code == 422 and two.title[:-1] + "x" in wrong.text, "what was typed comes back"
    right = await post_form(desk, "/desk/payments/bank", {**told, "title": two.title.lower(), "amount": "123"})
    assert right.status_code == 303
    async with statement(db) as tx:
        for charge in (one, two):
            (payment,) = await payments_of(tx, charge_id=charge.id)
            assert payment.amount == 12_300
    assert "27,00" in (await desk.get("/desk/payments/bank?lang=pl")).text, "what is left of the transfer"


@pytest.mark.parametrize("words", ["acme", "CME", "number", "digits"])
async def test_the_desk_finds_a_payment_by_who_pays_and_by_its_number(
    db: Database, cast: Cast, visit: Visiting, words: str
) -> None:
    async with transaction(db) as tx:
        sought, other = await charged(tx, cast), await charged(tx, cast, organisation=cast.rival)
    words = {"number": sought.title, "digits": sought.title.split()[1]}.get(words, words)
    page = (await visit(cast.coordinator).get("/desk/payments", params={"words": words})).text
    assert sought.title in page and other.title not in page
    assert sought.title not in (await visit(cast.coordinator).get("/desk/payments?words=100%25_")).text


async def test_a_person_is_told_how_to_pay(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
    member = visit(cast.member)
    page = (await member.get(f"/payments/{charge.id}?lang=en")).text
    assert "has not said yet on which account" in page and "<svg" not in page
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await set_bank_account(
            tx,
            actor=desk,
            gmina_id=cast.niepolomice,
            number="61109010140000071219812874",
            holder="Gmina Niepołomice",
            nip="",
            valid_from=MONDAY,
            now=NOW,
        )
    page = (await member.get(f"/payments/{charge.id}?lang=en")).text
    assert "61 1090 1014 0000 0712 1981 2874" in page and charge.title in page
    assert "<svg" in page and "bank transfer only" in page
    assert (await visit(cast.colleague).get(f"/payments/{charge.id}")).status_code == 404


async def test_amounts_that_are_none_are_no_fault_of_ours(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
    desk = visit(cast.coordinator)
    told = {"form": "came", "version": str(charge.version), "received_on": "2026-09-07"}
    for amount in ("", "0", "-1", "1e9", "9" * 30, "1,234", "\ud800".encode("utf-8", "replace").decode(), "٣"):
        answer = await post_form(desk, f"/desk/charges/{charge.id}", {**told, "amount": amount})
        assert answer.status_code == 422, amount
    for day in ("", "9999-12-31", "0001-01-01", "2026-13-01"):
        typed = {**told, "amount": "1", "received_on": day}
        assert (await post_form(desk, f"/desk/charges/{charge.id}", typed)).status_code == 422, day
    body = {"amount": 2**70, "received_on": "2026-09-07"}
    answer = await desk.post(f"/api/charges/{charge.id}/transfers", json=body, headers={"if-match": "*"})
    assert answer.status_code in (400, 422)


async def test_what_a_transfer_may_pay_and_what_it_paid_are_named(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
    desk = visit(cast.coordinator)
    await desk.get("/accessibility")
    content = f"Data;Kwota;Tytuł;Nadawca\n2026-09-07;123,00;{charge.title};Jan\n".encode()
    form = {"_csrf_token": desk.cookies["csrf"], "form": "file", "version": "0"}
    answer = await desk.post("/desk/payments/bank", data=form, files={"file": ("wyciag.csv", content, "text/csv")})
    link = f'href="/desk/charges/{charge.id}">{charge.title}'
    assert f"{link}: " in (await desk.get(answer.headers["location"])).text
    await post_form(desk, answer.headers["location"], {"form": "apply", "version": "0"})
    await post_form(desk, "/desk/payments/bank", {"form": "certain", "version": "0"})
    page = (await desk.get("/desk/payments/bank?lang=en")).text
    assert "No transfer waits" in page and f"→ <a {link}</a>" in page


async def test_money_that_came_leads_from_the_ledger_to_what_it_was_for(
    db: Database, cast: Cast, visit: Visiting
) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        desk = await acting(db, cast.coordinator)
        await record_transfer(
            tx,
            actor=desk,
            charge_id=charge.id,
            amount=charge.to_pay,
            received_on=NOW.date(),
            reference="",
            seen=None,
            now=NOW,
        )
    page = (await visit(cast.coordinator).get("/desk/ledger?account=bank&lang=en")).text
    assert "money that came" in page and f'href="/desk/charges/{charge.id}"' in page


async def test_the_first_page_of_the_desk_says_what_money_waits(db: Database, cast: Cast, visit: Visiting) -> None:
    desk = visit(cast.coordinator)
    assert "/desk/payments?gmina" not in (await desk.get("/desk?lang=en")).text
    async with transaction(db) as tx:
        await charged(tx, cast, due_at=NOW - timedelta(days=1))
        charge, actor = await charged(tx, cast), await acting(db, cast.coordinator)
        await settle_charge(
            tx,
            charge_id=charge.id,
            method=Method.TRANSFER,
            amount=13_000,
            received_on=NOW.date(),
            reference="",
            now=NOW,
        )
        await give_back_surplus(tx, actor=actor, charge_id=charge.id, seen=None, now=NOW)
    page = (await desk.get("/desk?lang=en")).text
    assert "1 payment is late" in page and "1 refund is to be sent" in page and "is disputed" not in page
    assert f"/desk/payments?gmina={cast.niepolomice}#refunds" in page
    assert "is late" not in (await visit(cast.other_coordinator).get("/desk?lang=en")).text


async def test_a_refund_at_the_desk_says_of_which_charge_it_is(db: Database, cast: Cast, visit: Visiting) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        came = {"method": Method.TRANSFER, "amount": 13_000, "received_on": MONDAY, "reference": ""}
        await settle_charge(tx, charge_id=charge.id, now=NOW, **came)
        await give_back_surplus(tx, actor=actor, charge_id=charge.id, seen=None, now=NOW)
    desk = visit(cast.coordinator)
    page = (await desk.get(f"/desk/payments?gmina={cast.niepolomice}&lang=en")).text
    (card,) = [one for one in page.split("<article>") if "I have sent it" in one]
    assert charge.title in card and "Room L, 2 hours" in card
    (told,) = (await desk.get("/api/refunds", params={"gmina": str(cast.niepolomice)})).json()
    assert (told["number"], told["text_en"]) == (charge.number, "Room L, 2 hours")


async def test_the_administrator_sees_when_who_owes_is_reminded_and_enters_other_days(
    cast: Cast, visit: Visiting
) -> None:
    house, path = visit(cast.administrator), "/admin/reminders"
    page = (await house.get(path, headers={"accept-language": "en"})).text
    assert "counts now" in page and "7 days after" in page and "with the system" in page
    days = {"form": "enter", "version": "0", "before_days": "5", "late_days": "2", "last_days": "20"}
    refused = await post_form(house, path, {**days, "valid_from": "2020-02-01"})
    assert refused.status_code == 422 and 'value="20"' in refused.text, "what was typed comes back"
    entered = await post_form(house, path, {**days, "valid_from": str(NOW.date() + timedelta(days=9))})
    assert entered.headers["location"] == path
    page = (await house.get(path, headers={"accept-language": "en"})).text
    assert "counts later" in page and "20 days after" in page and ">Administrator<" in page
    assert page.index("counts later") < page.index("counts now"), "what counts now still does"
    for at in ("/desk/payments", "/desk/incubators"):
        assert f'href="{path}"' in (await house.get(at)).text
        assert f'href="{path}"' not in (await visit(cast.coordinator).get(at)).text
