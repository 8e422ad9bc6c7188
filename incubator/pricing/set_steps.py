"""Say by a draft how much goes back to who calls off, by how early they do."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import count_on
from incubator.pricing.details import StepsWish
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.views_lists import PriceListView


class SameStepTwice(Invalid):
    """Two steps with the same time."""

    code = "same_step_twice"
    sentence = N_("There are two steps with the same time before the start. Keep one.")


class StepsRise(Invalid):
    """Who calls off later would get more back than who does earlier."""

    code = "steps_rise"
    sentence = N_("Who calls off later cannot get more back than who calls off earlier. Check the steps.")


TAKE_OUT = "DELETE FROM cancellation_step WHERE list_id = $1"
ADD = """
INSERT INTO cancellation_step (list_id, before_minutes, percent) SELECT $1, * FROM unnest($2::int[], $3::int[])
"""
RISE = """
SELECT EXISTS (
    SELECT FROM cancellation_step AS early JOIN cancellation_step AS late USING (list_id)
    WHERE list_id = $1 AND late.before_minutes < early.before_minutes AND late.percent > early.percent
)
"""


async def set_steps(
    tx: Tx, *, actor: Actor, list_id: UUID, wish: StepsWish, seen: int | None = None, now: datetime
) -> PriceListView:
    """All of them anew; that they fall is asked when the list is published. Raises NoSuchPriceList, NotYours,
    ListPublished, ChangedMeanwhile, SameStepTwice."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    times = [one.before_minutes for one in wish.steps]
    if len(set(times)) < len(times):
        raise SameStepTwice()
    await tx.execute(TAKE_OUT, list_id)
    await tx.execute(ADD, list_id, times, [one.percent for one in wish.steps])
    await count_on(tx, "price_list", list_id)
    of, after = ("price_list", list_id), {"steps": wish.steps}
    await tell(tx, actor, now, "set_steps", of=of, gmina_id=row["gmina_id"], after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())


async def steps_must_fall(tx: Tx, *, list_id: UUID) -> None:
    """Raises StepsRise."""
    if await tx.fetchval(RISE, list_id):
        raise StepsRise()
