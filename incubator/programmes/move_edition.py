"""One step in the life of an edition, as states.py has it."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.reach import edition_to_change
from incubator.programmes.states import EDITION_ALLOWED, EditionState
from incubator.programmes.views import EditionInFull

MOVE = "UPDATE edition SET state = $2, version = version + 1 WHERE id = $1"


class EditionNotSo(Conflict):
    """A step that an edition in this state cannot take."""

    code = "edition_not_so"
    sentence = N_("The edition has moved on, or is not that far yet. Look at it again.")

    def __init__(self, state: str, wanted: str) -> None:
        super().__init__()
        self.state, self.wanted = state, wanted


async def move_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, to: EditionState, seen: int | None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, EditionNotSo."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    if to not in EDITION_ALLOWED[EditionState(edition.state)]:
        raise EditionNotSo(edition.state, to)
    await tx.execute(MOVE, edition_id, to)
    of, before, after = ("edition", edition_id), {"state": edition.state}, {"state": to}
    await bump(tx, [edition_id])
    await tell(tx, actor, now, to, of=of, gmina_id=edition.gmina_id, before=before, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
