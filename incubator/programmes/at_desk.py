"""What the screens of an edition's desk are about, in every feature that adds one."""

from incubator.db.engine import Tx
from incubator.people.visit import Visit
from incubator.programmes.queries import EditionView, edition_to_run


async def edition_at_desk(tx: Tx, visit: Visit) -> EditionView:
    """The edition that the address names, for who runs it. Raises NoSuchEdition, NotYours."""
    return await edition_to_run(tx, actor=visit.actor, edition_id=visit.key("edition_id"))
