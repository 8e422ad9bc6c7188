"""Hand in a milestone: what was reached, and where it can be seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.participation.queries import NoSuchMilestone, NoSuchParticipation, milestone_by_id, own_participation
from incubator.participation.settle import WrongParticipationState
from incubator.participation.states import LIVE, MILESTONE_ALLOWED, MilestoneState
from incubator.participation.tell import note
from incubator.participation.views import MilestoneView
from incubator.people.actor import Actor
from incubator.web.bodies import Body

Said = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Address = Annotated[str, Meta(max_length=500, pattern=r"^(https?://[^\s\x00<>\"']+)?$(?!\n)")]


@dataclass(eq=False)
class WrongMilestoneState(Conflict):
    """The milestone has moved on."""

    code = "wrong_milestone_state"
    sentence = N_("This cannot be done with the milestone in the state it is in.")
    state: str


class Evidence(Body, frozen=True):
    """What was reached, and the address where it can be seen, if there is one (http or https)."""

    evidence: Said
    evidence_url: Address = ""


SET = """
UPDATE milestone SET state = 'handed_in', evidence = $2, evidence_url = $3, handed_in_at = $4, handed_in_by = $5,
    note = '', version = version + 1
WHERE id = $1
"""


async def hand_in(tx: Tx, *, actor: Actor, milestone_id: UUID, evidence: Evidence, now: datetime) -> MilestoneView:
    """By the participant, while they take part. Raises NoSuchMilestone, WrongMilestoneState,
    WrongParticipationState."""
    seen = await milestone_by_id(tx, milestone_id=milestone_id)
    try:
        participation = await own_participation(tx, actor=actor, participation_id=seen.participation_id, lock=True)
    except NoSuchParticipation:
        raise NoSuchMilestone() from None
    if participation.state not in LIVE:
        raise WrongParticipationState(participation.state.value)
    milestone = await milestone_by_id(tx, milestone_id=milestone_id, lock=True)
    must_allow(milestone, MilestoneState.HANDED_IN)
    await tx.execute(SET, milestone.id, evidence.evidence, evidence.evidence_url, now, actor.account_id)
    after = {"milestone_id": str(milestone.id)}
    await note(tx, participation=participation, verb="hand_in", actor_id=actor.account_id, now=now, after=after)
    return await milestone_by_id(tx, milestone_id=milestone_id)


def must_allow(milestone: MilestoneView, to: MilestoneState) -> None:
    """Raises WrongMilestoneState."""
    if to not in MILESTONE_ALLOWED[milestone.state]:
        raise WrongMilestoneState(milestone.state.value)
