"""Of which gmina a page of the desk is: of the one that the address names, else of the first."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.queries import Books, books_for, books_of
from incubator.people.guards import NotYours
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_query


class Which(Body, frozen=True):
    gmina: UUID | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The gmina, and all whose money the visitor keeps."""

    gmina: Books
    every: list[Books]

    @property
    def id(self) -> UUID:
        return self.gmina.id


async def desk_of(tx: Tx, visit: Visit) -> Desk:
    """Raises NotYours."""
    asked = read_query(visit.request, Which)
    every = await books_of(tx, actor=visit.actor)
    if asked.gmina is not None:
        return Desk(await books_for(tx, actor=visit.actor, gmina_id=asked.gmina), every)
    if not every:
        raise NotYours()
    return Desk(every[0], every)
