"""Remove a participant from an edition, for a reason."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.participation.queries import participation_by_id, participation_to_run
from incubator.participation.settle import WhyNeeded, settle
from incubator.participation.states import State
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_by_id


async def remove(tx: Tx, *, actor: Actor, participation_id: UUID, reason: str, now: datetime) -> ParticipationView:
    """Raises NoSuchParticipation, NotYours, WhyNeeded, WrongParticipationState."""
    seen = await participation_to_run(tx, actor=actor, participation_id=participation_id)
    if not reason.strip():
        raise WhyNeeded()
    await edition_by_id(tx, edition_id=seen.edition_id, lock=True)
    found = await participation_by_id(tx, participation_id=participation_id, lock=True)
    return await settle(tx, participation=found, to=State.REMOVED, verb="remove", actor=actor, reason=reason, now=now)
