"""Who may do what with passes: see lines.py."""

from datetime import date
from uuid import UUID

from incubator.db.engine import transaction
from incubator.passes.buy_pass import buy_pass
from incubator.passes.go_live import go_live
from incubator.passes.views import PassView
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from tests.moments import NOW
from tests.pricing.cast import put_list
from tests.roles.lines import AT_DESK, BOOKING_AT_DESK, SIGNED_IN, line
from tests.roles.world import Made, Send, World

SEE, BUY, AT_LEDGER = "bookings:read", "bookings:write", "payments:read"
# The holder is the member, for their organisation: its people and the gmina's desk may, others are not told.
ITS = "sh..hh.h."


async def sold(world: World, *, paid: bool = False) -> PassView:
    """Of the holder's organisation, by a list of an incubator of its own."""
    house = await world.house()
    actor = await world.acting(world.holder)
    async with transaction(world.db) as tx:
        made = await put_list(tx, incubator=house.id, space=house.room, published=True)
        bought = await buy_pass(tx, actor=actor, product_id=made.product, organisation_id=world.organisation, now=NOW)
        if paid:
            assert bought.charge_id is not None
            charge = await settle_charge(
                tx,
                charge_id=bought.charge_id,
                method=Method.TRANSFER,
                amount=bought.gross,
                received_on=date(2026, 9, 7),
                reference="",
                now=NOW,
            )
            await go_live(tx, charge=charge, now=NOW)
    return bought


def about(path: str, body: "dict[str, str] | None" = None, *, paid: bool = False) -> Send:
    """About a pass that was bought."""

    async def send(world: World) -> Made:
        bought = await sold(world, paid=paid)
        return path.format(key=bought.id, product=bought.product_id, gmina=world.gmina_id), body

    return send


def wanting(path: str, *, form: bool) -> Send:
    """To buy one for oneself."""

    async def send(world: World) -> Made:
        house = await world.house()
        async with transaction(world.db) as tx:
            made = await put_list(tx, incubator=house.id, space=house.room, published=True)
        product: UUID = made.product
        body = {"form": "buy", "version": "0"} if form else {"product_id": str(product)}
        return path.format(product=product), body

    return send


SURE = {"version": "1", "sure": "yes"}

# Pages
line("GET /passes", SIGNED_IN, about("/passes"))
line("GET /passes/buy/{product_id}", SIGNED_IN, about("/passes/buy/{product}"))
line("POST /passes/buy/{product_id}", SIGNED_IN, wanting("/passes/buy/{product}", form=True))
line("GET /passes/{pass_id}", ITS, about("/passes/{key}"))
line("POST /passes/{pass_id}", ITS, about("/passes/{key}", {"form": "call_off", **SURE}))
line("POST /passes/{pass_id}", ITS, about("/passes/{key}", {"form": "give_back", **SURE}, paid=True))
line("GET /desk/passes", AT_DESK, about("/desk/passes?gmina={gmina}"))
line("GET /desk/passes/{pass_id}", BOOKING_AT_DESK, about("/desk/passes/{key}"))
line("POST /desk/passes/{pass_id}", BOOKING_AT_DESK, about("/desk/passes/{key}", {"form": "call_off", **SURE}))
line(
    "POST /desk/passes/{pass_id}",
    BOOKING_AT_DESK,
    about("/desk/passes/{key}", {"form": "give_back", **SURE}, paid=True),
)

# API
ONE = "/api/passes/{pass_id}"
line("GET /api/passes", SIGNED_IN, about("/api/passes"), scope=SEE)
line("POST /api/passes", SIGNED_IN, wanting("/api/passes", form=False), scope=BUY)
line("GET /api/passes/desk", AT_DESK, about("/api/passes/desk?gmina={gmina}"), scope=AT_LEDGER)
line(f"GET {ONE}", ITS, about("/api/passes/{key}"), scope=SEE)
line(f"POST {ONE}/call-off", ITS, about("/api/passes/{key}/call-off", {}), scope=BUY)
line(f"POST {ONE}/give-back", ITS, about("/api/passes/{key}/give-back", {}, paid=True), scope=BUY)
