"""Price lists: in force, to come, and one that is still being worked on, made through the verbs at their own times."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.price_shapes import Adopted, Asked
from incubator.demo.price_texts import LISTS
from incubator.demo.world import World
from incubator.kernel.period import WARSAW
from incubator.pricing.details import ListDetails, StepsWish, TariffWish
from incubator.pricing.draft_list import draft_list
from incubator.pricing.publish_list import publish_list
from incubator.pricing.set_extra import set_extra
from incubator.pricing.set_pass import set_pass
from incubator.pricing.set_steps import set_steps
from incubator.pricing.set_tariff import set_tariff

NOTICE = 21
"""Days from the act to the day from which its prices count."""


async def set_prices(tx: Tx, world: World, *, now: datetime) -> None:
    made = {adopted.venue: await _adopt(tx, world, adopted, now=now) for adopted in LISTS}
    day = (now + timedelta(days=120)).astimezone(WARSAW).date()
    await draft_list(
        tx,
        actor=world.coordinator("las"),
        incubator_id=world.incubator("las"),
        details=ListDetails(name_pl="Projekt na przyszły rok", name_en="A draft for next year", in_force_from=day),
        copy_of=made["las"],
        now=now,
    )


async def _adopt(tx: Tx, world: World, adopted: Adopted, *, now: datetime) -> UUID:
    at = min(now, now + timedelta(days=adopted.days - NOTICE))
    actor, incubator_id = world.coordinator(adopted.venue), world.incubator(adopted.venue)
    details = ListDetails(
        name_pl=adopted.name_pl,
        name_en=adopted.name_en,
        act_number=adopted.act,
        act_day=at.astimezone(WARSAW).date(),
        in_force_from=(now + timedelta(days=adopted.days)).astimezone(WARSAW).date(),
        stated=adopted.stated,
        startups_incubated=adopted.startups_incubated,
        pays_first=adopted.pays_first,
        due_days=adopted.due_days,
    )
    draft = await draft_list(tx, actor=actor, incubator_id=incubator_id, details=details, now=at)
    for asked in adopted.tariffs:
        wish = TariffWish(
            details=asked.details, rates=list(asked.rates), space_ids=_spaces(world, adopted.venue, asked)
        )
        await set_tariff(tx, actor=actor, list_id=draft.id, wish=wish, now=at)
    for extra in adopted.extras:
        await set_extra(tx, actor=actor, list_id=draft.id, details=extra, now=at)
    if adopted.steps:
        await set_steps(tx, actor=actor, list_id=draft.id, wish=StepsWish(steps=list(adopted.steps)), now=at)
    for sold in adopted.passes:
        await set_pass(tx, actor=actor, list_id=draft.id, wish=sold, now=at)
    await publish_list(tx, actor=actor, list_id=draft.id, now=at)
    return draft.id


def _spaces(world: World, venue: str, asked: Asked) -> list[UUID]:
    return [
        key
        for (where, place), key in world.built.spaces.items()
        if where == venue
        and any(place.startswith(name) if name.endswith("-") else place == name for name in asked.places)
    ]
