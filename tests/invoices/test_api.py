"""Invoices over the API."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database
from tests.cast import Cast
from tests.invoices.cast import issue, of_resident, open_for_invoices, sale

Visit = Callable[..., httpx.AsyncClient]
SPAN = "since=2026-09-01&until=2026-09-30"
COMPANY = {"name": "Acme", "line1": "Leśna 4", "nip": "5261040828"}


async def test_ones_own_invoices_come_in_pages(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = [await issue(db, sale(cast)) for _ in range(3)]
    await issue(db, of_resident(cast))
    member = visit(cast.member)
    first = (await member.get("/api/invoices?limit=2")).json()
    rest = (await member.get(f"/api/invoices?limit=2&after={first['next']}")).json()
    numbers = [one["number"] for page in (first, rest) for one in page["items"]]
    assert numbers == [one.number for one in reversed(made)]
    assert rest["next"] is None
    whole = (await member.get(f"/api/invoices/{made[0].id}")).json()
    assert (whole["left"], whole["document"]["lines"][1]["quantity"]) == (43710, "2.5")
    file = await member.get(f"/api/invoices/{made[0].id}/structured")
    assert file.headers["content-type"].startswith("application/xml") and b"FA (3)" in file.content


async def test_a_gmina_reads_what_it_issued_with_sums(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    desk = visit(cast.coordinator)
    done = await desk.post(f"/api/invoices/{made.id}/corrections", json={"refund": 100, "reason": "Zwrot"})
    assert (done.status_code, done.headers["location"]) == (201, f"/api/invoices/{done.json()['id']}")
    listed = (await desk.get(f"/api/gminas/niepolomice/invoices?{SPAN}")).json()
    assert [one["gross"] for one in listed["items"]] == [43710, -100]
    totals = (await desk.get(f"/api/gminas/niepolomice/invoices/totals?{SPAN}")).json()
    assert (totals["gross"], totals["invoices"]) == (43610, 2)
    assert sum(one["net"] + one["vat"] for one in totals["rates"]) == 43610
    for wrong in (
        "since=2026-09-30&until=2026-09-01",
        "since=0001-01-01&until=9999-12-31",
        "since=2026-09-01",
        "since=x&until=y",
    ):
        assert (await desk.get(f"/api/gminas/niepolomice/invoices?{wrong}")).status_code in {400, 422}


async def test_a_correction_is_made_once_for_a_key(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    desk, body = visit(cast.coordinator), {"refund": 100, "reason": "Zwrot"}
    path, key = f"/api/invoices/{made.id}/corrections", {"idempotency-key": "refund-1"}
    one, same = [await desk.post(path, json=body, headers=key) for _ in range(2)]
    assert one.json() == same.json()
    for wrong in ({"refund": 0, "reason": "x"}, {"refund": 1, "reason": "a\u0000b"}, {"refund": 10**15, "reason": "x"}):
        assert (await desk.post(path, json=wrong)).status_code in {400, 422}
    control = await desk.post(path, json={"refund": 1, "reason": "a\u0001b"})
    assert (control.status_code, control.json()["code"]) == (422, "not_for_an_invoice")


async def test_whom_invoices_name_carries_a_version(visit: Visit, db: Database, cast: Cast) -> None:
    owner, path = visit(cast.owner), f"/api/organisations/{cast.acme}/invoice-buyer"
    before = await owner.get(path)
    assert before.json() == {"buyer": None, "version": 0}
    kept = await owner.put(path, json=COMPANY, headers={"if-match": before.headers["etag"]})
    assert (kept.status_code, kept.json()["buyer"]["nip"], kept.headers["etag"]) == (200, "5261040828", '"1"')
    again = await owner.put(path, json=COMPANY, headers={"if-match": '"0"'})
    assert again.status_code == 412
    nameless = await owner.put(path, json={**COMPANY, "nip": ""}, headers={"if-match": "*"})
    assert nameless.json()["code"] == "nip_missing"
    own = await owner.put("/api/me/invoice-buyer", json={"name": "Ola", "line1": "Rynek 1"}, headers={"if-match": "*"})
    assert own.json()["version"] == 1


async def test_the_seller_is_said_from_a_day_on(visit: Visit, db: Database, cast: Cast) -> None:
    desk, path = visit(cast.coordinator), "/api/gminas/niepolomice/invoice-seller"
    said = {"from_day": "2026-09-01", "name": "Gmina Niepołomice", "nip": "6830010031", "line1": "Plac 1"}
    assert (await desk.put(path, json=said)).json()["code"] == "if_match_required"
    kept = await desk.put(path, json=said, headers={"if-match": (await desk.get(path)).headers["etag"]})
    assert (kept.json()["items"][0]["nip"], kept.headers["etag"]) == ("6830010031", '"1"')
    later = {**said, "from_day": "2026-10-01"}
    assert (await desk.put(path, json=later, headers={"if-match": '"0"'})).status_code == 412
    assert [one["from_day"] for one in (await desk.get(path)).json()["items"]] == ["2026-09-01"]
    unit = f"/api/incubators/by-id/{cast.las}/invoice-unit"
    tag = {"if-match": (await desk.get(unit)).headers["etag"]}
    assert (await desk.put(unit, json={"internal_id": "12"}, headers=tag)).json()["code"] == "bad_internal_id"
    assert (await desk.put(unit, json={"nip": "6830010031"}, headers=tag)).json()["name"] == "LAS Open Space"
    assert (await desk.put(unit, json={"nip": "6830010031"}, headers=tag)).status_code == 412
