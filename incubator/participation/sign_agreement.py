"""Note the agreement with a participant."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.participation.queries import participation_to_run
from incubator.participation.settle import WrongParticipationState
from incubator.participation.states import LIVE
from incubator.participation.tell import note
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor
from incubator.web.bodies import Body, Line


class Agreement(Body, frozen=True):
    """Its number, and the day on which it was signed."""

    number: Line
    signed_on: date


SIGN = "UPDATE participation SET agreement_number = $2, agreement_on = $3, version = version + 1 WHERE id = $1"


async def sign_agreement(
    tx: Tx, *, actor: Actor, participation_id: UUID, agreement: Agreement, now: datetime
) -> ParticipationView:
    """Raises NoSuchParticipation, NotYours, WrongParticipationState."""
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id, lock=True)
    if found.state not in LIVE:
        raise WrongParticipationState(found.state.value)
    await tx.execute(SIGN, found.id, agreement.number, agreement.signed_on)
    after = {"signed_on": agreement.signed_on}
    await note(tx, participation=found, verb="sign_agreement", actor_id=actor.account_id, now=now, after=after)
    return msgspec.structs.replace(
        found,
        agreement_number=agreement.number,
        agreement_on=agreement.signed_on,
        version=found.version + 1,
    )
