"""Passes on pages and over the API, and bookings that come together."""

from collections.abc import Callable

import httpx

from incubator.bookings.place_together import place_together
from incubator.db.engine import Database, statement
from incubator.passes.views import PassView
from tests.bookings.test_place_together import wanted
from tests.browsing import post_form
from tests.cast import Cast, Person
from tests.moments import tuesday
from tests.passes.cast import a_pass, ahead, book, live, on_sale, order

Visiting = Callable[..., httpx.AsyncClient]


async def test_bought_on_the_page_it_leads_to_the_payment(db: Database, cast: Cast, visit: Visiting) -> None:
    listed = await on_sale(db, cast)
    prices = (await visit().get("/prices/las?lang=en")).text
    at = f"/passes/buy/{listed.passes[0].id}"
    assert at in prices and "20 h in rooms" in prices
    member = visit(cast.member)
    page = (await member.get(f"{at}?lang=en")).text
    assert "1,000.00" in page and "Order and pay" in page
    answer = await post_form(member, at, {"form": "buy", "version": "0", "organisation_id": str(cast.acme)})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/payments/")
    paying = (await member.get(f"{answer.headers['location']}?lang=en")).text
    assert "The pass" in paying
    wrong = await post_form(member, at, {"form": "buy", "version": "0", "organisation_id": "x"})
    assert wrong.status_code == 422


async def test_without_a_declaration_the_page_says_what_to_do(db: Database, cast: Cast, visit: Visiting) -> None:
    listed = await on_sale(db, cast)
    async with statement(db) as tx:
        await tx.execute("DELETE FROM aid_declaration")
    at, form = f"/passes/buy/{listed.passes[0].id}", {"form": "buy", "version": "0", "organisation_id": str(cast.acme)}
    member = visit(cast.member)
    answer = await post_form(member, at, form)
    assert answer.status_code == 409 and 'role="alert"' in answer.text
    assert f'/organisations/{cast.acme}/aid?back={at}#declare"' in answer.text
    full = await post_form(member, at, {**form, "full_price": "yes"})
    assert full.status_code == 303


async def test_bought_read_and_given_back_over_the_api(db: Database, cast: Cast, visit: Visiting) -> None:
    listed = await on_sale(db, cast)
    member, desk = visit(cast.member), visit(cast.coordinator)
    body = {"product_id": str(listed.passes[0].id), "organisation_id": str(cast.acme)}
    made = await member.post("/api/passes", json=body, headers={"idempotency-key": "k"})
    assert made.status_code == 201
    again = await member.post("/api/passes", json=body, headers={"idempotency-key": "k"})
    assert again.json()["id"] == made.json()["id"]
    assert (await member.post(f"{made.headers['location']}/call-off")).json()["state"] == "called_off"
    bought = await live(db, cast, listed)
    told = (await visit(cast.owner).get(f"/api/passes/{bought.id}")).json()
    assert (told["bought"]["left"], told["uses"]) == (1200, [])
    assert [one["id"] for one in (await member.get("/api/passes?limit=1")).json()["items"]] == [str(bought.id)]
    sold = (await desk.get(f"/api/passes/desk?gmina={cast.niepolomice}")).json()
    assert len(sold["items"]) == 2
    given = await desk.post(f"/api/passes/{bought.id}/give-back")
    assert given.json()["state"] == "given_back"
    assert (await desk.post(f"/api/passes/{bought.id}/give-back")).json()["code"] == "nothing_left_of_pass"


async def test_the_desk_says_what_passes_cost(db: Database, cast: Cast, visit: Visiting) -> None:
    desk = visit(cast.coordinator)
    made = await desk.post(
        "/api/incubators/las/price-lists", json={"details": {"name_pl": "Cennik", "in_force_from": "2030-01-01"}}
    )
    up = f"/desk/prices/{made.json()['id']}"
    form = {"form": "pass", "version": "1", "name_pl": "Karnet", "kind": "room_minutes", "amount": "20"}
    rest = {"valid_days": "90", "category_0": "commercial", "price_0": "1 500,00"}
    for missing in ("valid_days", "price_0"):
        refused = await post_form(desk, f"{up}/passes/new", {**form, **rest, missing: ""})
        assert refused.status_code == 422 and "Karnet" in refused.text
    wrong = await post_form(desk, f"{up}/passes/new?lang=en", {**form, **rest, "price_0": "dużo"})
    assert (
        wrong.status_code == 422
        and "Price in zł, row 1 (Other organisations (commercial))”" in wrong.text
        and "dużo" in wrong.text
    )
    done = await post_form(desk, f"{up}/passes/new", {**form, **rest})
    assert done.headers["location"] == f"{up}#passes"
    (product,) = (await desk.get(f"/api/price-lists/{made.json()['id']}")).json()["passes"]
    assert (product["amount"], product["prices"][0]["price"]) == (1200, 150_000)
    page = await desk.get(f"{up}/passes/{product['id']}")
    assert 'value="20"' in page.text and "1500" in page.text


async def test_bookings_of_one_moment_earn_what_they_draw(db: Database, cast: Cast) -> None:
    await live(db, cast, await on_sale(db, cast, a_pass()))
    placings = [
        await wanted(db, cast.member, cast.room_a, tuesday("10:00", "12:00"), organisation_id=cast.acme),
        await wanted(db, cast.stranger, cast.room_a, tuesday("13:00", "14:00")),
        await wanted(db, cast.colleague, cast.room_a, tuesday("15:00", "16:00"), organisation_id=cast.acme),
    ]
    assert all(await place_together(db, placings))
    assert await ahead(db, cast) == (42_500, 7_500)


async def test_what_is_ordered_shows_on_ones_page(db: Database, cast: Cast, visit: Visiting) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    assert f"/passes/{bought.id}" in (await visit(cast.member).get("/passes")).text
    assert f"/passes/{bought.id}" in (await visit(cast.owner).get("/passes")).text
    assert f"/passes/{bought.id}" not in (await visit(cast.stranger).get("/passes")).text
    at = f"/desk/passes/{bought.id}"
    desk = visit(cast.coordinator)
    unsure = await post_form(desk, at, {"form": "call_off", "version": "1"})
    assert unsure.status_code == 422
    sure = await post_form(desk, at, {"form": "call_off", "version": "1", "sure": "yes"})
    assert sure.headers["location"] == at


async def test_the_page_says_until_when_it_can_be_given_back_and_how_the_money_comes(
    db: Database, cast: Cast, visit: Visiting
) -> None:
    listed = await on_sale(db, cast)
    ours, own = await live(db, cast, listed), await live(db, cast, listed, who=cast.resident, own=True)

    async def page(who: Person, bought: PassView) -> str:
        return (await visit(who).get(f"/passes/{bought.id}?lang=en")).text.replace("\xa0", " ")

    text = await page(cast.member, ours)
    assert "until the end of 21 Sep 2026, while nothing is drawn" in text and "within 14 days" in text
    assert "De minimis aid was granted for it to Acme: 1,000.00 zł, which is 235.29 EUR." in text
    await book(db, cast, tuesday("10:00", "12:00"))
    await book(db, cast, tuesday("13:00", "15:00"), who=cast.resident, own=True)
    text = await page(cast.member, ours)
    assert "Give back what is left" not in text and "Please ask the coordinator, who can give back what is left" in text
    text = await page(cast.resident, own)
    assert "885.60 zł of the price go back" in text and "until the end of 21 Sep 2026, without giving a reason" in text
    assert "If you call bookings off in time first" in text and "Give back what is left" in text
