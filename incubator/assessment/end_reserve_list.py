"""End the reserve list of an edition: who still waits is told that no place became free."""

from datetime import datetime
from uuid import UUID

from incubator.applications.move import move
from incubator.applications.queries import application_by_id
from incubator.applications.states import State
from incubator.assessment.answer_offer import NobodyWaits
from incubator.assessment.decide import decide
from incubator.assessment.reach import note
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run

# Locked, so that whoever withdraws in this moment is not written to.
WAITING = "SELECT id FROM application WHERE edition_id = $1 AND state = 'reserve' ORDER BY id FOR UPDATE"


async def end_reserve_list(tx: Tx, *, actor: Actor, edition_id: UUID, now: datetime) -> int:
    """How many waited: they are not admitted, and written to. A place that comes back in the same moment was offered
    before, or is offered to nobody, for both lock the edition. Also of an edition that is closed. Raises
    NoSuchEdition, NotYours, NobodyWaits."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    waiting = [row["id"] for row in await tx.fetch(WAITING, edition_id)]
    if not waiting:
        raise NobodyWaits()
    for key in waiting:
        await _end(tx, key, actor.account_id, now)
    told = {"waited": len(waiting)}
    await note(tx, verb="end_reserve_list", edition=edition, actor_id=actor.account_id, now=now, after=told)
    return len(waiting)


async def _end(tx: Tx, application_id: UUID, by: UUID, now: datetime) -> None:
    application = await application_by_id(tx, application_id=application_id)
    moved = await move(
        tx, application=application, to=State.NOT_ADMITTED, verb="end_reserve_list", actor_id=by, now=now
    )
    await decide(tx, application=moved, outcome=State.NOT_ADMITTED, by=by, now=now, letter="reserve_ended")
