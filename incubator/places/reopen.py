"""Take a closure back: what was closed can be booked again."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.telling import tell
from incubator.places.close import bump_under


class NoSuchClosure(NotFound):
    """No closure with this identifier, or it was taken back before."""

    code = "no_such_closure"
    sentence = N_("There is no such closure, or it was taken back.")


CLOSURE = """
SELECT gmina_id, incubator_id, space_id FROM closure WHERE id = $1 AND withdrawn_at IS NULL FOR UPDATE
"""


async def reopen(tx: Tx, *, actor: Actor, closure_id: UUID, now: datetime) -> None:
    """Raises NoSuchClosure, NotYours."""
    row = await tx.fetchrow(CLOSURE, closure_id)
    if row is None:
        raise NoSuchClosure()
    gmina_id = row["gmina_id"]
    must_coordinate(actor, gmina_id)
    await tx.execute("UPDATE closure SET withdrawn_at = $2 WHERE id = $1", closure_id, now)
    await tell(tx, actor, now, "reopen", of=("closure", closure_id), gmina_id=gmina_id)
    await bump_under(tx, gmina_id, row["incubator_id"], row["space_id"])
