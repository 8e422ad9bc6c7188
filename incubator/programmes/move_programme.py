"""One step in the life of a programme, as states.py has it."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue import programme_by_id
from incubator.programmes.reach import programme_to_change
from incubator.programmes.states import PROGRAMME_ALLOWED, ProgrammeState
from incubator.programmes.views import ProgrammeInFull

MOVE = "UPDATE programme SET state = $2, version = version + 1 WHERE id = $1"


class ProgrammeNotSo(Conflict):
    """A step that a programme in this state cannot take."""

    code = "programme_not_so"
    sentence = N_("The programme has moved on, or is not that far yet. Look at it again.")

    def __init__(self, state: str, wanted: str) -> None:
        super().__init__()
        self.state, self.wanted = state, wanted


async def move_programme(
    tx: Tx, *, actor: Actor, programme_id: UUID, to: ProgrammeState, seen: int | None, now: datetime
) -> ProgrammeInFull:
    """Raises NoSuchProgramme, NotYours, ChangedMeanwhile, ProgrammeNotSo."""
    row = await programme_to_change(tx, actor=actor, programme_id=programme_id, seen=seen)
    if to not in PROGRAMME_ALLOWED[ProgrammeState(row["state"])]:
        raise ProgrammeNotSo(row["state"], to)
    await tx.execute(MOVE, programme_id, to)
    of = ("programme", programme_id)
    before, after = {"state": row["state"]}, {"state": to}
    await bump(tx, [programme_id])
    await tell(tx, actor, now, to, of=of, gmina_id=row["gmina_id"], before=before, after=after)
    return await programme_by_id(tx, programme_id=programme_id, reader=actor, now=now)
