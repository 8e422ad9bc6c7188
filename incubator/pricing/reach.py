"""A draft that a verb is about to change: locked until the end of its transaction, and within reach of who
asks, or refused."""

from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.pricing.queries import NoSuchPriceList
from incubator.web.etags import must_be_current


class ListPublished(Conflict):
    """A list that stands for good."""

    code = "list_published"
    sentence = N_("This price list is published and is never changed. Make a new one that replaces it.")


LOCK = """
SELECT price_list.*, gmina_id FROM price_list JOIN incubator ON incubator.id = incubator_id
WHERE price_list.id = $1 FOR NO KEY UPDATE OF price_list
"""


async def list_to_change(tx: Tx, *, actor: Actor, list_id: UUID, seen: int | None) -> asyncpg.Record:
    """The draft's row with `gmina_id`. Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile."""
    row = await tx.fetchrow(LOCK, list_id)
    if row is None:
        raise NoSuchPriceList()
    must_coordinate(actor, row["gmina_id"])
    if row["state"] == "published":
        raise ListPublished()
    must_be_current(row["version"], seen)
    return row
