"""Price lists and quotes over the API: who may, versions, bad input, and what strangers learn."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.pricing.details import ExtraDetails
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.pricing.cast import LATER, a_draft, a_tariff, hourly, in_force

Visit = Callable[..., httpx.AsyncClient]
DETAILS = {"name_pl": "Cennik", "in_force_from": "2026-10-07", "act_number": "1/2026", "act_day": "2026-09-01"}
RATE = {"category": "commercial", "unit": "hour", "price": 10000}
WISH = {"start": "2026-09-10T08:00:00Z", "end": "2026-09-10T10:00:00Z"}


async def draft_of(db: Database, cast: Cast, **more: Any) -> Any:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        return await a_draft(tx, actor, cast.las, a_tariff(cast.room_l), day=LATER, **more)


async def test_a_list_is_made_changed_and_published(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    made = await client.post("/api/incubators/las/price-lists", json={"details": DETAILS})
    assert made.status_code == 201, made.text
    at = made.headers["location"]
    tariff = {"details": {"name_pl": "Sale"}, "rates": [RATE], "space_ids": [str(cast.room_l)]}
    two = await client.post(f"{at}/tariffs", json=tariff)
    assert two.status_code == 201 and two.json()["version"] == 2
    key = two.json()["tariffs"][0]["id"]
    three = await client.put(f"{at}/tariffs/{key}", json=tariff, headers={"if-match": '"2"'})
    assert three.headers["etag"] == '"3"'
    four = await client.post(f"{at}/extras", json={"name_pl": "Kawa", "price": 500, "per": "person"})
    extra = four.json()["extras"][0]["id"]
    body = {"name_pl": "Kawa", "price": 600}
    five = await client.put(f"{at}/extras/{extra}", json=body, headers={"if-match": '"4"'})
    assert five.json()["extras"][0]["price"] == 600
    assert (await client.delete(f"{at}/extras/{extra}", headers={"if-match": '"5"'})).status_code == 204
    seven = await client.put(f"{at}/details", json={**DETAILS, "stated": "net"}, headers={"if-match": '"6"'})
    assert seven.json()["stated"] == "net"
    assert (await visit().get(at)).status_code == 404
    assert (await client.post(f"{at}/publish", headers={"if-match": '"1"'})).status_code == 412
    done = await client.post(f"{at}/publish", headers={"if-match": '"7"'})
    assert done.status_code == 200 and done.json()["coming"] is True
    seen = await visit().get(at)
    assert seen.json()["tariffs"][0]["rates"][0]["price"] == 10000
    again = await client.put(f"{at}/tariffs/{key}", json=tariff, headers={"if-match": "*"})
    assert (again.status_code, again.json()["code"]) == (409, "list_published")
    listed = (await visit().get("/api/incubators/las/price-lists")).json()["items"]
    assert [one["coming"] for one in listed] == [True]


async def test_a_draft_is_thrown_away(visit: Visit, db: Database, cast: Cast) -> None:
    draft = await draft_of(db, cast)
    client = visit(cast.coordinator)
    tariff = f"/api/price-lists/{draft.id}/tariffs/{draft.tariffs[0].id}"
    assert (await client.delete(tariff, headers={"if-match": "*"})).status_code == 204
    assert (await client.delete(tariff, headers={"if-match": "*"})).status_code == 404
    assert (await client.delete(f"/api/price-lists/{draft.id}", headers={"if-match": "*"})).status_code == 204
    assert (await client.get(f"/api/price-lists/{draft.id}")).status_code == 404


async def test_drafts_are_listed_for_who_coordinates(visit: Visit, db: Database, cast: Cast) -> None:
    await draft_of(db, cast)
    for who, n in ((None, 0), (cast.member, 0), (cast.other_coordinator, 0), (cast.coordinator, 1)):
        items = (await visit(who).get("/api/incubators/las/price-lists")).json()["items"]
        assert len(items) == n


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("details", {**DETAILS, "in_force_from": "9999-12-31"}),
        ("details", {**DETAILS, "in_force_from": "yesterday"}),
        ("details", {**DETAILS, "act_url": "javascript:alert(1)"}),
        ("details", {**DETAILS, "name_pl": "a\x00"}),
        ("details", {**DETAILS, "stated": "both"}),
        ("details", []),
        ("tariffs", {"details": {"name_pl": "x"}, "rates": [{**RATE, "price": 10**12}]}),
        ("tariffs", {"details": {"name_pl": "x"}, "rates": [{**RATE, "price": -1}]}),
        ("tariffs", {"details": {"name_pl": "x"}, "rates": [{**RATE, "unit": "day", "from_unit": 2}]}),
        ("tariffs", {"details": {"name_pl": "x"}, "rates": [{**RATE, "category": "rich"}]}),
        ("tariffs", {"details": {"name_pl": "x", "peak_weekdays": [8]}}),
        ("tariffs", {"details": {"name_pl": "x", "vat": "zw"}}),
        ("tariffs", {"details": {"name_pl": "x"}, "space_ids": [str(uuid4())]}),
        ("extras", {"name_pl": "x", "price": "1"}),
        ("extras", {"name_pl": "x", "price": 1, "vat": "22"}),
        ("quotes", {"space_id": str(uuid4()), "start": "2026-09-10T08:00:00", "end": "2026-09-10T10:00:00"}),
    ],
)
async def test_bad_input_is_refused(visit: Visit, db: Database, cast: Cast, path: str, body: Any) -> None:
    draft = await draft_of(db, cast)
    client = visit(cast.coordinator)
    method = "PUT" if path == "details" else "POST"
    answer = await client.request(method, f"/api/price-lists/{draft.id}/{path}", json=body, headers={"if-match": "*"})
    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["code"]


async def test_anybody_asks_what_it_would_cost(visit: Visit, db: Database, cast: Cast) -> None:
    rates = (hourly("commercial", 12300), hourly("resident", 6150), hourly("ngo", 0, local_only=True))
    extra = ExtraDetails(name_pl="Kawa", price=500)
    view = await in_force(db, cast, a_tariff(cast.room_l, rates=rates, deposit=10000), extras=(extra,))
    wish = {**WISH, "space_id": str(cast.room_l)}

    async def due(who: object = None, **more: Any) -> tuple[int, str]:
        answer = await visit(who).post("/api/quotes", json={**wish, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()["due"], answer.json()["category"]

    assert await due() == (34600, "commercial")
    assert await due(cast.member) == (22300, "resident")
    assert await due(cast.member, organisation_id=str(cast.acme)) == (34600, "commercial")
    assert await due(category="ngo", at_home=True) == (10000, "ngo")
    assert await due(extras=[str(view.extras[0].id)]) == (35100, "commercial")
    line = (await visit().post("/api/quotes", json=wish)).json()["lines"][0]
    assert (line["quantity"], line["unit"], line["price"], line["vat"]) == ("2", "hour", 12300, "23")
    assert line["amount"] == {"net": 20000, "vat": 4600, "gross": 24600}


async def test_what_cannot_be_asked_is_refused(visit: Visit, cast: Cast) -> None:
    wish = {**WISH, "space_id": str(cast.room_l)}
    for more, status, code in (
        ({"organisation_id": str(cast.rival)}, 403, "price_for_others"),
        ({"space_id": str(uuid4())}, 404, "no_such_space"),
        ({"extras": [str(uuid4())]}, 422, "no_such_extra"),
        ({"end": wish["start"]}, 422, "end_before_start"),
        ({"end": "2028-01-01T00:00:00Z"}, 422, "too_long_to_price"),
        ({"end": "9999-01-01T00:00:00Z"}, 422, "out_of_reach"),
    ):
        answer = await visit(cast.member).post("/api/quotes", json={**wish, **more})
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_a_draft_is_tried_before_it_counts(visit: Visit, db: Database, cast: Cast) -> None:
    draft = await draft_of(db, cast)
    at, wish = f"/api/price-lists/{draft.id}/quotes", {**WISH, "space_id": str(cast.room_l)}
    tried = await visit(cast.coordinator).post(at, json=wish)
    assert tried.json()["due"] == 20000
    assert (await visit().post("/api/quotes", json=wish)).json()["due"] == 0
    assert (await visit(cast.other_coordinator).post(at, json=wish)).status_code == 404
    elsewhere = await visit(cast.coordinator).post(at, json={**wish, "space_id": str(cast.other_room)})
    assert elsewhere.status_code == 404


async def test_a_list_is_tried_on_a_booking_that_there_was(db: Database, cast: Cast) -> None:
    from incubator.pricing.try_list import NoSuchPastBooking, past_bookings, try_on_booking

    await in_force(db, cast)
    draft = await draft_of(db, cast)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        key = await tx.fetchval(BOOKED, cast.room_l, cast.owner.id, cast.acme)
        (past,) = await past_bookings(tx, incubator_id=cast.las, now=NOW)
        assert (past.id, past.holder, past.people) == (key, "Acme", 9)
        trial = await try_on_booking(tx, actor=actor, list_id=draft.id, booking_id=key, now=NOW)
        assert (trial.before.due, trial.after.due) == (30000, 30000)
        with pytest.raises(NoSuchPastBooking):
            await try_on_booking(tx, actor=actor, list_id=draft.id, booking_id=uuid4(), now=NOW)


BOOKED = """
INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, title, note,
    attendees, reason, sequence)
SELECT uuidv7(), space.id, incubator_id, gmina_id, $2, $3, '[2026-09-01 10:00+00, 2026-09-01 13:00+00)', 'completed',
    '', '', 9, '', 0
FROM space JOIN incubator ON incubator.id = incubator_id WHERE space.id = $1 RETURNING id
"""
