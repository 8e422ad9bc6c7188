"""Passes of the demonstration: one that a startup bought and has drawn half of, one that waits to be paid."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.draft import Order
from incubator.bookings.hold import hold_order
from incubator.db.engine import Tx
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period, local_moment
from incubator.passes.buy_pass import buy_pass
from incubator.passes.check_passes import check_passes
from incubator.passes.go_live import go_live
from incubator.passes.queries import pass_as_it_is
from incubator.passes.views import PassView
from incubator.payments.match_payment import record_transfer

GMINA, VENUE, ROOM = "niepolomice", "las", "s"
WHO, FOR = "Lena Dąbek", "Puszcza Robotics"
WAITS, WAITS_FOR = "Hanna Zamkowska", "Fundacja Królewskie Ścieżki"
PRODUCT = """
SELECT pass_product.id FROM pass_product JOIN price_list ON price_list.id = list_id
WHERE incubator_id = $1 AND state = 'published' AND in_force_from <= $2 ORDER BY in_force_from DESC LIMIT 1
"""
AHEAD, TRIES = 20, 24
"""Days until the first booking on it, and how many days are looked at for a free time."""


async def sell_passes(tx: Tx, world: World, *, now: datetime) -> None:
    bought = await _order(tx, world, WHO, FOR, now=now - timedelta(days=20))
    await _pay(tx, world, bought, now=now - timedelta(days=18))
    await _draw_half(tx, world, bought, now=now - timedelta(hours=6))
    await _order(tx, world, WAITS, WAITS_FOR, now=now - timedelta(days=2))
    await check_passes(tx, now=now - timedelta(hours=5))


async def _order(tx: Tx, world: World, who: str, organisation: str, *, now: datetime) -> PassView:
    product: UUID = await tx.fetchval(PRODUCT, world.incubator(VENUE), now.astimezone(WARSAW).date())
    return await buy_pass(
        tx,
        actor=world.actor(address(who)),
        product_id=product,
        organisation_id=world.organisation(organisation),
        now=now,
    )


async def _pay(tx: Tx, world: World, bought: PassView, *, now: datetime) -> None:
    assert bought.charge_id is not None
    charge = await record_transfer(
        tx,
        actor=world.actor(coordinator_of(GMINA)),
        charge_id=bought.charge_id,
        amount=bought.gross,
        received_on=now.astimezone(WARSAW).date(),
        reference="WB 143/2026",
        seen=None,
        now=now,
    )
    await go_live(tx, charge=charge, now=now)


async def _draw_half(tx: Tx, world: World, bought: PassView, *, now: datetime) -> None:
    """Two hours in the morning, wherever they are free."""
    actor, first = world.actor(address(WHO)), now.astimezone(WARSAW).date() + timedelta(days=AHEAD)
    for turn in range(TRIES):
        if (await pass_as_it_is(tx, pass_id=bought.id)).left <= bought.amount // 2:
            return
        start = local_moment(first + timedelta(days=turn), 9 * 60)
        order = Order(
            space_id=world.space(VENUE, ROOM),
            period=Period(start, start + timedelta(hours=2)),
            organisation_id=world.organisation(FOR),
            title="Planowanie sprintu",
            outright=True,
        )
        with suppress(Refusal):
            async with tx.transaction():
                await hold_order(tx, actor=actor, order=order, now=now)
