"""What programs do with a gmina's money: files of its bank, transfers, checkouts; each once, however often it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx

from incubator.db.engine import attempt
from tests.payments.money import charged
from tests.payments.stripe.shop import Shop
from tests.payments.stripe.sold import line, sold, till

__all__ = ["line", "till"]
Visit = Callable[..., httpx.AsyncClient]


def once(what: str) -> dict[str, str]:
    return {"idempotency-key": what}


async def answered(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_file_of_the_bank_is_looked_at_taken_over_and_counted(
    till: Shop, line: httpx.AsyncClient, visit: Visit
) -> None:
    cast, desk = till.cast, visit(till.cast.coordinator)
    one, other = [await attempt(till.db, lambda tx: charged(tx, cast)) for _ in range(2)]
    file = f"Data;Kwota;Nadawca;Tytuł\n2026-09-07;123,00;Acme;{one.title}\n2026-09-06;50,00;Ktoś;sala\n".encode()
    at = f"/api/bank/files?gmina={cast.niepolomice}"
    seen = await answered(await desk.post(at, content=file, headers=once("first")), 201)
    assert (await answered(await desk.post(at, content=file, headers=once("first")), 201))["id"] == seen["id"]
    assert [(row["row"]["amount"], row["known"], len(row["suggestions"])) for row in seen["rows"]] == [
        (12_300, False, 1),
        (5_000, False, 0),
    ]
    again = await answered(await desk.get(f"/api/bank/files/{seen['id']}"))
    assert again["rows"] == seen["rows"]
    for _ in range(2):
        told = await answered(await desk.post(f"/api/bank/files/{seen['id']}/import", headers=once("import")), 201)
        assert told == {"new": 2}
    gone = await desk.post(f"/api/bank/files/{seen['id']}/import")
    assert (gone.status_code, gone.json()["code"]) == (410, "bank_file_over")
    gmina = {"gmina": str(cast.niepolomice)}
    first = await answered(await desk.get("/api/bank/transfers", params={**gmina, "limit": 1}))
    (newest,) = first["items"]
    assert newest["suggestions"][0]["charge_id"] == str(one.id)
    rest = await answered(await desk.get("/api/bank/transfers", params={**gmina, "after": first["next"]}))
    (oldest,) = rest["items"]
    assert rest["next"] is None and oldest["suggestions"] == []
    assert await answered(await desk.post("/api/bank/transfers/match-certain", params=gmina)) == {"counted": 1}
    key = oldest["transfer"]["id"]
    aside = await answered(await desk.post(f"/api/bank/transfers/{key}/aside", json={"aside": True}))
    assert aside["state"] == "ignored"
    await answered(await desk.post(f"/api/bank/transfers/{key}/aside", json={"aside": False}))
    body = {"charge_id": str(other.id), "amount": 2_000}
    for _ in range(2):
        paid = await answered(
            await desk.post(f"/api/bank/transfers/{key}/match", json=body, headers=once("match")), 201
        )
        assert paid["outstanding"] == 10_300
    used = await desk.post(f"/api/bank/transfers/{key}/match", json={**body, "amount": 3_001})
    assert (used.status_code, used.json()["code"]) == (409, "transfer_used")
    counted = await answered(await desk.get("/api/bank/transfers", params={**gmina, "which": "matched"}))
    assert len(counted["items"]) == 2
    stranger = visit(cast.other_coordinator)
    assert (await stranger.get("/api/bank/transfers", params=gmina)).status_code == 403
    assert (await stranger.post(f"/api/bank/transfers/{key}/match", json=body)).status_code == 404


async def test_what_is_no_file_of_a_bank_is_refused(till: Shop, line: httpx.AsyncClient, visit: Visit) -> None:
    desk = visit(till.cast.coordinator)
    for content, status in ((b"", 422), (b"\0\xff", 422), (b"x" * 3_600_000, 413)):
        answer = await desk.post(f"/api/bank/files?gmina={till.cast.niepolomice}", content=content)
        assert answer.status_code == status, answer.text


async def test_the_account_is_said_by_a_program(till: Shop, line: httpx.AsyncClient, visit: Visit) -> None:
    desk, at = visit(till.cast.coordinator), f"/api/bank/accounts?gmina={till.cast.niepolomice}"
    body = {"number": "61 1090 1014 0000 0712 1981 2874", "holder": "Gmina", "valid_from": "2030-01-01"}
    made = await answered(await desk.post(at, json=body, headers=once("first")), 201)
    assert await answered(await desk.post(at, json=body, headers=once("first")), 201) == made
    assert await answered(await desk.get(at)) == [made]
    assert (await desk.post(at, json={**body, "number": "1"})).json()["code"] == "iban_wrong"


async def test_a_charge_is_paid_by_a_program_of_who_owes_it(till: Shop, line: httpx.AsyncClient, visit: Visit) -> None:
    charge = await attempt(till.db, lambda tx: charged(tx, till.cast))
    at, payer = f"/api/charges/{charge.id}/checkouts", visit(till.cast.member)
    made = await answered(await payer.post(at, headers=once("first")), 201)
    assert (made["state"], made["url"], made["amount"]) == ("wanted", None, 12_300)
    assert (await answered(await payer.post(at), 201))["id"] == made["id"], "there is one at a time"
    opened = await answered(await payer.get(f"/api/checkouts/{made['id']}"))
    assert opened["state"] == "open" and "/pay/" in opened["url"]
    till.fake.pay((await till.row(UUID(made["id"])))["session_id"], "blik")
    await till.hear(line)
    assert (await answered(await payer.get(f"/api/checkouts/{made['id']}")))["state"] == "paid"
    assert (await payer.post(at)).json()["code"] == "nothing_to_pay"
    refused = await visit(till.cast.coordinator).post(at)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_the_payer")
    assert (await visit(till.cast.coordinator).get(f"/api/checkouts/{made['id']}")).status_code == 404


async def test_disputes_and_payouts_are_read(till: Shop, line: httpx.AsyncClient, visit: Visit) -> None:
    charge, intent = await sold(till, line)
    till.fake.dispute(intent)
    key = till.fake.pay_out(till.account)
    await till.hear(line)
    desk, gmina = visit(till.cast.coordinator), {"gmina": str(till.cast.niepolomice)}
    told = await answered(await desk.get("/api/disputes", params={**gmina, "which": "open"}))
    (dispute,) = told["items"]
    assert (dispute["charge_id"], dispute["taken"], dispute["state"]) == (str(charge), 12_300, "open")
    assert (await answered(await desk.get(f"/api/charges/{charge}")))["charge"]["dispute"] == "open"
    assert [one["id"] for one in (await answered(await desk.get("/api/charges/desk", params={**gmina, "which": "disputed"})))["items"]] == [str(charge)]  # fmt: skip
    stands = await answered(await desk.get("/api/stripe", params=gmina))
    assert [one["stripe_id"] for one in stands["payouts"]] == [key]
    assert await answered(await desk.get("/api/charges/sums", params=gmina)) == {
        "owed": 0,
        "overdue": 0,
        "late": 0,
        "surplus": 0,
    }
    assert await answered(await desk.get("/api/refunds", params=gmina)) == []
    assert (await visit(till.cast.other_coordinator).get("/api/disputes", params=gmina)).status_code == 403
