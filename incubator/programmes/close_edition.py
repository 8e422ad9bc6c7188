"""Say that an edition is over. Its pages stay."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.move_edition import move_edition
from incubator.programmes.states import EditionState
from incubator.programmes.views import EditionInFull

STILL_THERE = "SELECT count(*) FROM participation WHERE edition_id = $1 AND ended_on IS NULL"


class ParticipantsStillThere(Conflict):
    """`n` participants have neither graduated nor left."""

    code = "participants_still_there"
    sentence = N_("{n} of the participants have neither graduated nor left. End their participation first.")

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


async def close_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, EditionNotSo, ParticipantsStillThere."""
    edition = await move_edition(tx, actor=actor, edition_id=edition_id, to=EditionState.CLOSED, seen=seen, now=now)
    # Counted under the edition's lock, for which an admission waits.
    if n := await tx.fetchval(STILL_THERE, edition_id):
        raise ParticipantsStillThere(n)
    return edition
