"""Say that a programme has no further editions. Its pages stay."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.move_programme import move_programme
from incubator.programmes.states import ProgrammeState
from incubator.programmes.views import ProgrammeInFull

GOING_ON = "SELECT count(*) FROM edition WHERE programme_id = $1 AND state IN ('published', 'running')"


class EditionsGoingOn(Conflict):
    """Editions of the programme are not closed yet; `n` of them."""

    code = "editions_going_on"
    sentence = N_("The programme still has editions that are not closed ({n}). Close them first.")

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


async def close_programme(
    tx: Tx, *, actor: Actor, programme_id: UUID, seen: int | None = None, now: datetime
) -> ProgrammeInFull:
    """Raises NoSuchProgramme, NotYours, ChangedMeanwhile, ProgrammeNotSo, EditionsGoingOn."""
    closed = await move_programme(
        tx, actor=actor, programme_id=programme_id, to=ProgrammeState.CLOSED, seen=seen, now=now
    )
    # Counted under the programme's lock, which publishing an edition takes as well.
    if n := await tx.fetchval(GOING_ON, programme_id):
        raise EditionsGoingOn(n)
    return closed
