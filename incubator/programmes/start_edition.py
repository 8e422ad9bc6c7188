"""Say that an edition has begun: its participants are chosen and at work."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.programmes.move_edition import move_edition
from incubator.programmes.states import EditionState
from incubator.programmes.views import EditionInFull


async def start_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, EditionNotSo."""
    return await move_edition(tx, actor=actor, edition_id=edition_id, to=EditionState.RUNNING, seen=seen, now=now)
