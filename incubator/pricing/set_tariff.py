"""Say what some spaces cost by a draft: a new tariff, or one whole anew."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import count_on
from incubator.places.saving import insert
from incubator.pricing.details import MOST_TARIFFS, TariffWish
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.rules import Rate, Tariff, check_tariff
from incubator.pricing.views_lists import PriceListView


class NoSuchTariff(NotFound):
    """No tariff of this list has this identifier."""

    code = "no_such_tariff"
    sentence = N_("There is no such tariff on this price list.")


class NoSuchSpaceHere(Invalid):
    """A space that is not of the list's incubator, or is out of use."""

    code = "no_such_space_here"
    sentence = N_("One of the spaces is not in this incubator, or is out of use.")


class SpaceInTwoTariffs(Conflict):
    """A space that has a tariff on this list already."""

    code = "space_in_two_tariffs"
    sentence = N_("One of the spaces has another tariff on this list already. Take it out there first.")


class TooManyOnList(Invalid):
    """More tariffs or extras than a list holds: `most`."""

    code = "too_many_on_list"
    sentence = N_("A price list holds at most {most} of these.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


RATE = "INSERT INTO rate (tariff_id, category, local_only, unit, from_unit, price, market) VALUES ($1, $2, $3, $4, $5, $6, $7)"
SPACES = """
INSERT INTO tariff_space (tariff_id, space_id, list_id)
SELECT $1, space.id, $2 FROM space
WHERE space.id = ANY($3::uuid[]) AND space.incubator_id = $4 AND space.retired_at IS NULL ORDER BY space.id
RETURNING space_id
"""


async def set_tariff(
    tx: Tx,
    *,
    actor: Actor,
    list_id: UUID,
    tariff_id: UUID | None = None,
    wish: TariffWish,
    seen: int | None = None,
    now: datetime,
) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, NoSuchTariff, NoSuchSpaceHere,
    SpaceInTwoTariffs, TooManyOnList, and what `check_tariff` raises."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    check_tariff(_tariff(wish))
    if tariff_id is not None:
        await take_out(tx, list_id=list_id, tariff_id=tariff_id)
    elif await tx.fetchval("SELECT count(*) FROM tariff WHERE list_id = $1", list_id) >= MOST_TARIFFS:
        raise TooManyOnList(MOST_TARIFFS)
    made = await insert(tx, "tariff", wish.details, id=tariff_id or uuid7(), list_id=list_id)
    assert made is not None, "nothing of a tariff is unique"
    await tx.executemany(RATE, [(made, *msgspec.structs.astuple(rate)) for rate in wish.rates])
    await _put_spaces(tx, made, list_id, row["incubator_id"], wish.space_ids)
    await count_on(tx, "price_list", list_id)
    after = {"tariff_id": made, "details": wish.details, "rates": wish.rates, "space_ids": wish.space_ids}
    await tell(tx, actor, now, "set_tariff", of=("price_list", list_id), gmina_id=row["gmina_id"], after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())


async def take_out(tx: Tx, *, list_id: UUID, tariff_id: UUID) -> None:
    """With its rates; its spaces are free again. Raises NoSuchTariff."""
    if await tx.execute("DELETE FROM tariff WHERE id = $1 AND list_id = $2", tariff_id, list_id) == "DELETE 0":
        raise NoSuchTariff()


async def _put_spaces(tx: Tx, tariff_id: UUID, list_id: UUID, incubator_id: UUID, space_ids: list[UUID]) -> None:
    try:
        put = await tx.fetch(SPACES, tariff_id, list_id, space_ids, incubator_id)
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "tariff_space_once":
            raise
        raise SpaceInTwoTariffs() from None
    if len(put) != len(set(space_ids)):
        raise NoSuchSpaceHere()


def _tariff(wish: TariffWish) -> Tariff:
    """As the rules take it."""
    told = msgspec.structs.asdict(wish.details)
    told["peak_weekdays"] = tuple(told["peak_weekdays"])
    del told["position"]
    return Tariff(id=uuid7(), rates=tuple(Rate(**msgspec.structs.asdict(one)) for one in wish.rates), **told)
