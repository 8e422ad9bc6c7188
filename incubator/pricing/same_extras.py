"""The same extras on the list of another day or place: called the same, and counted the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from incubator.db.engine import Tx
from incubator.pricing.price_book import prices_on

CHOSEN = "SELECT id, lower(name_pl) AS name, per FROM extra WHERE id = ANY($1::uuid[]) ORDER BY array_position($1, id)"

NAMES = "SELECT name_pl, name_en FROM extra WHERE id = ANY($1::uuid[]) ORDER BY position, name_pl, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraName:
    name_pl: str
    name_en: str


async def same_extras(tx: Tx, *, extras: Sequence[UUID], space_id: UUID, day: date) -> tuple[UUID, ...]:
    """Those of `extras` that are offered with the space on that day, as its list has them; what it has not is left out.
    Raises NoSuchSpace."""
    if not extras:
        return ()
    offered = (await prices_on(tx, space_id=space_id, day=day)).extras
    by_name = {(one.name_pl.lower(), one.per): one.id for one in reversed(offered)}
    themselves = {one.id: one.id for one in offered}
    found = [
        themselves.get(row["id"]) or by_name.get((row["name"], row["per"])) for row in await tx.fetch(CHOSEN, extras)
    ]
    return tuple(dict.fromkeys(key for key in found if key is not None))


async def names_of_extras(tx: Tx, *, extras: Sequence[UUID]) -> list[ExtraName]:
    """In the order of their list."""
    return [ExtraName(**row) for row in await tx.fetch(NAMES, extras)]
