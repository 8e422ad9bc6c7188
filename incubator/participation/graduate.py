"""Say that a participant has come to the end of the programme."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.participation.queries import participation_to_run
from incubator.participation.settle import settle
from incubator.participation.states import State
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor


async def graduate(tx: Tx, *, actor: Actor, participation_id: UUID, now: datetime) -> ParticipationView:
    """Raises NoSuchParticipation, NotYours, WrongParticipationState."""
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id, lock=True)
    return await settle(tx, participation=found, to=State.GRADUATED, verb="graduate", actor=actor, now=now)
