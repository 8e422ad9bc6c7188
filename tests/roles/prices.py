"""Who may do what with price lists: see lines.py."""

from typing import Any

from incubator.db.engine import transaction
from tests.pricing.cast import put_list
from tests.roles.lines import AT_DESK, PUBLIC, line
from tests.roles.world import Made, Send, World

WRITE = "places:write"
DRAFT = "sfffff.h."
Body = dict[str, Any] | None
DETAILS = {"name_pl": "Cennik", "in_force_from": "2030-01-01", "act_number": "1", "act_day": "2026-09-01"}
A_TARIFF = {"details": {"name_pl": "Sale"}, "rates": [{"category": "commercial", "unit": "hour", "price": 100}]}
EXTRA = {"name_pl": "Kawa", "price": 100}
A_PASS = {
    "details": {"name_pl": "Karnet", "kind": "desk_days", "amount": 10, "valid_days": 90},
    "prices": [{"category": "commercial", "price": 100}],
}
HOUR = {"start": "2026-09-10T08:00:00Z", "end": "2026-09-10T09:00:00Z"}


def of_draft(path: str, body: Body = None, *, published: bool = False, spaced: bool = False) -> Send:
    """About a list of an incubator of its own, with a tariff and an extra."""

    async def send(world: World) -> Made:
        house = await world.house()
        async with transaction(world.db) as tx:
            made = await put_list(tx, incubator=house.id, space=house.room, published=published)
        given = {**body, "space_id": str(house.room)} if body is not None and spaced else body
        told = {"key": made.id, "tariff": made.tariff, "extra": made.extra, "product": made.product, "slug": house.slug}
        return path.format(**told), given

    return send


async def new_list(world: World) -> Made:
    return f"/api/incubators/{(await world.house()).slug}/price-lists", {"details": DETAILS}


async def list_form(world: World) -> Made:
    house = await world.house()
    return f"/desk/incubators/{house.slug}/prices", {"form": "draft", "version": "0", **DETAILS}


API, ONE = "/api/price-lists/{list_id}", "/api/price-lists/{key}"
line("GET /api/incubators/{slug}/price-lists", PUBLIC, of_draft("/api/incubators/{slug}/price-lists"))
line(f"GET {API}", PUBLIC, of_draft(ONE, published=True))
line("POST /api/incubators/{slug}/price-lists", AT_DESK, new_list, scope=WRITE)
line(f"PUT {API}/details", AT_DESK, of_draft(f"{ONE}/details", DETAILS), scope=WRITE)
line(f"POST {API}/publish", AT_DESK, of_draft(f"{ONE}/publish"), scope=WRITE)
line(f"DELETE {API}", AT_DESK, of_draft(ONE), scope=WRITE)
line(f"POST {API}/tariffs", AT_DESK, of_draft(f"{ONE}/tariffs", A_TARIFF), scope=WRITE)
line(f"PUT {API}/tariffs/{{tariff_id}}", AT_DESK, of_draft(f"{ONE}/tariffs/{{tariff}}", A_TARIFF), scope=WRITE)
line(f"DELETE {API}/tariffs/{{tariff_id}}", AT_DESK, of_draft(f"{ONE}/tariffs/{{tariff}}"), scope=WRITE)
line(f"POST {API}/extras", AT_DESK, of_draft(f"{ONE}/extras", EXTRA), scope=WRITE)
line(f"PUT {API}/extras/{{extra_id}}", AT_DESK, of_draft(f"{ONE}/extras/{{extra}}", EXTRA), scope=WRITE)
line(f"DELETE {API}/extras/{{extra_id}}", AT_DESK, of_draft(f"{ONE}/extras/{{extra}}"), scope=WRITE)
STEPS = {"steps": [{"before_minutes": 1440, "percent": 50}]}
line(f"PUT {API}/cancellation-steps", AT_DESK, of_draft(f"{ONE}/cancellation-steps", STEPS), scope=WRITE)
line(f"POST {API}/passes", AT_DESK, of_draft(f"{ONE}/passes", A_PASS), scope=WRITE)
line(f"PUT {API}/passes/{{product_id}}", AT_DESK, of_draft(f"{ONE}/passes/{{product}}", A_PASS), scope=WRITE)
line(f"DELETE {API}/passes/{{product_id}}", AT_DESK, of_draft(f"{ONE}/passes/{{product}}"), scope=WRITE)
line(f"POST {API}/quotes", DRAFT, of_draft(f"{ONE}/quotes", HOUR, spaced=True), scope=WRITE)
line("POST /api/quotes", PUBLIC, of_draft("/api/quotes", HOUR, published=True, spaced=True))

# Pages
DESK = "/desk/prices/{key}"
line("GET /prices/{slug}", PUBLIC, of_draft("/prices/{slug}", published=True))
line("GET /prices/{slug}/cost", PUBLIC, of_draft("/prices/{slug}/cost", published=True))
line("GET /desk/incubators/{slug}/prices", AT_DESK, of_draft("/desk/incubators/{slug}/prices"))
line("POST /desk/incubators/{slug}/prices", AT_DESK, list_form)
for below, route in (
    ("", ""),
    ("/try", "/try"),
    ("/tariffs/new", "/tariffs/new"),
    ("/extras/new", "/extras/new"),
    ("/tariffs/{tariff}", "/tariffs/{tariff_id}"),
    ("/extras/{extra}", "/extras/{extra_id}"),
    ("/passes/new", "/passes/new"),
    ("/passes/{product}", "/passes/{product_id}"),
):
    line(f"GET /desk/prices/{{list_id}}{route}", DRAFT, of_draft(f"{DESK}{below}"))
LIST = {"form": "list", "version": "1", **DETAILS}
TYPED = {"form": "tariff", "version": "1", "name_pl": "Sale", "price_0": "10", "category_0": "ngo", "unit_0": "hour"}
line("POST /desk/prices/{list_id}", DRAFT, of_draft(DESK, LIST))
for below, route in (("new", "new"), ("{tariff}", "{tariff_id}")):
    priced = {**TYPED, "market_0": "20"}
    line(f"POST /desk/prices/{{list_id}}/tariffs/{route}", DRAFT, of_draft(f"{DESK}/tariffs/{below}", priced))
for below, route in (("new", "new"), ("{extra}", "{extra_id}")):
    typed = {"form": "extra", "version": "1", "name_pl": "Kawa", "price": "5"}
    line(f"POST /desk/prices/{{list_id}}/extras/{route}", DRAFT, of_draft(f"{DESK}/extras/{below}", typed))
PASS_FORM = {
    "form": "pass",
    "version": "1",
    "name_pl": "Karnet",
    "kind": "room_minutes",
    "amount": "20",
    "valid_days": "90",
}
for below, route in (("new", "new"), ("{product}", "{product_id}")):
    typed = {**PASS_FORM, "category_0": "commercial", "price_0": "5"}
    line(f"POST /desk/prices/{{list_id}}/passes/{route}", DRAFT, of_draft(f"{DESK}/passes/{below}", typed))
