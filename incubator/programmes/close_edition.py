"""Say that an edition is over. Its pages stay."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.move_edition import move_edition
from incubator.programmes.states import EditionState
from incubator.programmes.views import EditionInFull

# Handed in under the call's lock: nothing comes in while it is shared.
LOCK_CALL = "SELECT FROM call WHERE edition_id = $1 FOR SHARE"
UNDECIDED = """
SELECT count(*) FROM application WHERE edition_id = $1
    AND state IN ('submitted', 'supplementing', 'formally_passed', 'offered', 'reserve')
"""
STILL_THERE = "SELECT count(*) FROM participation WHERE edition_id = $1 AND ended_on IS NULL"


class ParticipantsStillThere(Conflict):
    """`n` participants have neither graduated nor left."""

    code = "participants_still_there"
    sentence = N_("{n} of the participants have neither graduated nor left. End their participation first.")

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


class ApplicationsStillWait(Conflict):
    """`n` applications are not decided, wait for the answer to an offer, or are on the reserve list."""

    code = "applications_still_wait"
    sentence = N_(
        "Applications that still wait for a word: {n}. Decide on them, wait for the answers to offers and end the"
        " reserve list; then close the edition."
    )

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


async def close_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, EditionNotSo, ParticipantsStillThere,
    ApplicationsStillWait."""
    edition = await move_edition(tx, actor=actor, edition_id=edition_id, to=EditionState.CLOSED, seen=seen, now=now)
    # Counted under the edition's lock, for which an admission waits.
    if n := await tx.fetchval(STILL_THERE, edition_id):
        raise ParticipantsStillThere(n)
    await tx.execute(LOCK_CALL, edition_id)
    if n := await tx.fetchval(UNDECIDED, edition_id):
        raise ApplicationsStillWait(n)
    return edition
