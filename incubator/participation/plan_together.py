"""Write down the individual plan of a participant."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.participation.queries import participation_for
from incubator.participation.settle import WrongParticipationState
from incubator.participation.states import LIVE
from incubator.participation.tell import note
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor
from incubator.web.bodies import Body, Paragraphs
from incubator.web.etags import must_be_current


class Plan(Body, frozen=True):
    """What the participant is to do, as both agreed."""

    plan: Paragraphs


SET = "UPDATE participation SET plan = $2, version = version + 1 WHERE id = $1"


async def plan_together(
    tx: Tx, *, actor: Actor, participation_id: UUID, plan: str, seen: int | None, now: datetime
) -> ParticipationView:
    """By the participant, or who runs the edition. Raises NoSuchParticipation, ChangedMeanwhile,
    WrongParticipationState."""
    found = await participation_for(tx, actor=actor, participation_id=participation_id, lock=True)
    must_be_current(found.version, seen)
    if found.state not in LIVE:
        raise WrongParticipationState(found.state.value)
    await tx.execute(SET, found.id, plan)
    await note(tx, participation=found, verb="plan", actor_id=actor.account_id, now=now)
    return msgspec.structs.replace(found, plan=plan, version=found.version + 1)
