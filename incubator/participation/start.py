"""Begin a participation: what was admitted takes part from today on."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.participation.queries import participation_to_run
from incubator.participation.settle import settle
from incubator.participation.states import State
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor


class NoAgreement(Conflict):
    """Nobody takes part without an agreement."""

    code = "no_agreement"
    sentence = N_("Note the agreement first: its number and the day on which it was signed.")


async def start(tx: Tx, *, actor: Actor, participation_id: UUID, now: datetime) -> ParticipationView:
    """Raises NoSuchParticipation, NotYours, NoAgreement, WrongParticipationState."""
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id, lock=True)
    if found.state == State.ADMITTED and found.agreement_on is None:
        raise NoAgreement()
    return await settle(tx, participation=found, to=State.ACTIVE, verb="start", actor=actor, now=now)
