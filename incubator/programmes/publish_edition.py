"""Announce an edition to the public."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.move_edition import move_edition
from incubator.programmes.states import EditionState
from incubator.programmes.views import EditionInFull

# Locked before the edition, as closing the programme does, so that no edition slips in beside it.
LOCKED = """
SELECT FROM programme WHERE id = (SELECT programme_id FROM edition WHERE edition.id = $1) FOR NO KEY UPDATE
"""


class ProgrammeNotPublished(Conflict):
    """An edition is shown as part of its programme, which is a draft or closed."""

    code = "programme_not_published"
    sentence = N_("Publish the programme first: an edition is shown as a part of it.")


async def publish_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, EditionNotSo, ProgrammeNotPublished."""
    await tx.execute(LOCKED, edition_id)
    edition = await move_edition(tx, actor=actor, edition_id=edition_id, to=EditionState.PUBLISHED, seen=seen, now=now)
    if edition.programme_state != "published":
        raise ProgrammeNotPublished()
    return edition
