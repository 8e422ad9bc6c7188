"""Show a programme to the public, for the first time or again after it was closed."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.programmes.move_programme import move_programme
from incubator.programmes.states import ProgrammeState
from incubator.programmes.views import ProgrammeInFull


async def publish_programme(
    tx: Tx, *, actor: Actor, programme_id: UUID, seen: int | None = None, now: datetime
) -> ProgrammeInFull:
    """Raises NoSuchProgramme, NotYours, ChangedMeanwhile, ProgrammeNotSo."""
    return await move_programme(
        tx, actor=actor, programme_id=programme_id, to=ProgrammeState.PUBLISHED, seen=seen, now=now
    )
