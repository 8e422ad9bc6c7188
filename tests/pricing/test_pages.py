"""Pages of prices: what people read, and a list made, tried and published by forms alone."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.pricing.details import ExtraDetails
from tests.cast import Cast
from tests.pricing.cast import LATER, a_tariff, hourly, in_force, put_list

Visit = Callable[..., httpx.AsyncClient]
RATES = (
    hourly("commercial", 12000),
    hourly("commercial", 6000, from_unit=2),
    hourly("ngo", 0, local_only=True),
)
LIST = {"name_pl": "Cennik 2027", "in_force_from": "2026-10-01", "act_number": "7/2026", "act_day": "2026-09-01"}


async def send(client: httpx.AsyncClient, path: str, form: str, **fields: Any) -> httpx.Response:
    page = await client.get(path)
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    version = re.search(rf'name="form" value="{form}">\s*<input type="hidden" name="version" value="(\d+)"', page.text)
    assert token and version, page.text[:2000]
    typed = {"_csrf_token": token[1], "form": form, "version": version[1], **fields}
    return await client.post(path, data=typed)


async def test_a_list_is_made_by_forms_alone(visit: Visit, db: Database, cast: Cast) -> None:
    client = visit(cast.coordinator)
    made = await send(client, "/desk/incubators/las/prices", "draft", **LIST, stated="net")
    assert made.status_code == 303, made.text
    at = made.headers["location"]
    rows = {
        "category_0": "commercial", "unit_0": "hour", "from_unit_0": "1", "price_0": "1 200,50",
        "category_1": "ngo", "unit_1": "hour", "price_1": "0", "local_only_1": "yes", "market_1": "150",
        "category_2": "ngo", "unit_2": "day", "price_2": "",
    }  # fmt: skip
    peak = {"peak_weekdays": ["1", "5"], "peak_from": "16:00", "peak_until": "00:00", "peak_percent": "25"}
    more = {"half_day_hours": "4", "day_hours": "8", "deposit": "1000", "deposit_hours": "4", "step_minutes": "60"}
    spaces = [str(cast.room_l), str(cast.room_a)]
    saved = await send(client, f"{at}/tariffs/new", "tariff", name_pl="Sale", space_ids=spaces, **rows, **peak, **more)
    assert (saved.status_code, saved.headers.get("location")) == (303, at), saved.text
    kept = await send(client, f"{at}/extras/new", "extra", name_pl="Kawa", per="person", price="18,00", vat="8")
    assert kept.status_code == 303
    shown = (await client.get(at)).text
    assert "1,200.50" in shown and "free of charge" in shown and "25% more" in shown
    unsure = await send(client, at, "publish")
    assert unsure.status_code == 422
    done = await send(client, at, "publish", sure="yes")
    assert done.status_code == 303
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM tariff")
        rates = await tx.fetch("SELECT category, local_only, price, market FROM rate ORDER BY category")
    assert row is not None
    assert (row["peak_until"], row["day_minutes"], row["deposit"], row["deposit_above_minutes"]) == (
        1440,
        480,
        100000,
        240,
    )
    assert [tuple(rate) for rate in rates] == [("commercial", False, 120050, None), ("ngo", True, 0, 15000)]
    public = (await visit().get("/prices/las")).text
    assert "Cennik 2027" in public and "7/2026" in public
    assert 'name="form"' not in (await client.get(at)).text.split("<h2")[2], "what was published has no forms"


async def test_what_publishing_needs_is_said_before_one_tries(visit: Visit, db: Database, cast: Cast) -> None:
    client, said = visit(cast.coordinator), "First enter the number and the day of the act."
    without = {**LIST, "act_number": "", "act_day": ""}
    made = await send(client, "/desk/incubators/las/prices", "draft", **without, stated="net")
    assert said in (await client.get(f"{made.headers['location']}?lang=en")).text
    made = await send(client, "/desk/incubators/las/prices", "draft", **LIST, stated="net")
    assert said not in (await client.get(f"{made.headers['location']}?lang=en")).text


async def test_tariffs_and_extras_are_changed_and_taken_off(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        made = await put_list(tx, incubator=cast.las, space=cast.room_l)
    client, at = visit(cast.coordinator), f"/desk/prices/{made.id}"
    tariff, extra = f"{at}/tariffs/{made.tariff}", f"{at}/extras/{made.extra}"
    rate = {"category_0": "commercial", "unit_0": "day", "price_0": "300"}
    assert (await send(client, tariff, "tariff", name_pl="Sale", **rate)).status_code == 303
    assert (await send(client, extra, "extra", name_pl="Kawa", price="6", market="9")).status_code == 303
    for path, form, fields in (
        (tariff, "tariff", {"name_pl": "Sale", "price_0": "a lot"}),
        (tariff, "tariff", {"name_pl": "Sale", "price_0": "1", "category_0": "rich", "unit_0": "day"}),
        (tariff, "tariff", {"name_pl": "Sale", "half_day_hours": "many"}),
        (tariff, "tariff", {"name_pl": "Sale", "space_ids": "no"}),
        (tariff, "tariff", {"name_pl": "Sale", "peak_from": "25:00"}),
        (extra, "extra", {"name_pl": "Kawa"}),
    ):
        again = await send(client, path, form, **fields)
        assert again.status_code == 422 and 'role="alert"' in again.text
    assert (await send(client, tariff, "remove")).status_code == 303
    assert (await send(client, extra, "remove")).status_code == 303
    assert (await client.get(tariff)).status_code == (await client.get(extra)).status_code == 404
    gone = await send(client, at, "drop", sure="yes")
    assert gone.headers["location"] == "/desk/incubators/las/prices"
    assert (await client.get(at)).status_code == 404


async def test_the_price_follows_what_is_chosen(visit: Visit, db: Database, cast: Cast) -> None:
    extra = ExtraDetails(name_pl="Kawa", name_en="Coffee", price=1000, per="person")  # type: ignore[arg-type]
    view = await in_force(db, cast, a_tariff(cast.room_l, rates=RATES), extras=(extra,))
    wish = {"space": str(cast.room_l), "day": "2026-09-10", "starts": "10:00", "ends": "13:00"}
    stranger = visit()

    async def shown(**more: Any) -> str:
        answer = await stranger.get("/prices/las/cost", params={**wish, "lang": "en", **more})
        assert answer.status_code == 200
        return answer.text

    assert "240.00" in await shown()
    assert "This is free of charge" in await shown(who="ngo", at_home="yes")
    assert "280.00" in await shown(extras=str(view.extras[0].id), people="4")
    assert "The end has to be after the start" in await shown(ends="09:00")
    fragment = await stranger.get("/prices/las/cost", params=wish, headers={"hx-request": "true"})
    assert fragment.text.count("<section") == 1 and "<html" not in fragment.text


@pytest.mark.parametrize(
    "query",
    [
        "space=no&day=no&starts=no&ends=no&people=no&who=no&extras=no",
        "day=9999-12-31&until=9999-12-31",
        "people=99999999999999&who=%00",
        "who=00000000-0000-0000-0000-000000000000",
        "day=2026-09-10&until=2030-09-10",
        "extras=00000000-0000-0000-0000-000000000000",
    ],
)
async def test_whatever_stands_in_the_address_is_no_fault_of_ours(
    visit: Visit, db: Database, cast: Cast, query: str
) -> None:
    await in_force(db, cast)
    for who in (None, cast.member):
        answer = await visit(who).get(f"/prices/las/cost?{query}")
        assert answer.status_code in {200, 403, 422}, answer.text


async def test_pages_say_where_nothing_is_charged(visit: Visit, cast: Cast) -> None:
    client = visit()
    assert "Nothing is charged here today" in (await client.get("/prices/las?lang=en")).text
    assert "Nothing is charged here." in (await client.get("/prices/las/cost?lang=en")).text
    assert (await client.get("/prices/nowhere")).status_code == 404


async def test_a_space_says_what_it_costs(visit: Visit, db: Database, cast: Cast) -> None:
    before = (await visit().get("/incubators/las/l?lang=en")).text
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES))
    await in_force(db, cast, day=LATER)
    after = (await visit().get("/incubators/las/l?lang=en")).text
    assert "What it costs" not in before
    assert "What it costs" in after and "first hour" in after and "120.00" in after
    assert "What it costs" not in (await visit().get("/incubators/las/s?lang=en")).text


async def test_a_draft_is_tried_beside_what_counts(visit: Visit, db: Database, cast: Cast) -> None:
    await in_force(db, cast)
    async with transaction(db) as tx:
        made = await put_list(tx, incubator=cast.las, space=cast.room_l)
        await tx.execute("UPDATE rate SET price = 7700 WHERE tariff_id = $1", made.tariff)
    client, at = visit(cast.coordinator), f"/desk/prices/{made.id}/try"
    wish = {"space": str(cast.room_l), "day": "2026-09-10", "starts": "10:00", "ends": "12:00", "lang": "en"}
    both = (await client.get(at, params=wish)).text
    assert "200.00" in both and "154.00" in both
    assert (await client.get(at, params={"booking": "no"})).status_code == 404
    assert (await visit(cast.other_coordinator).get(at)).status_code == 404
