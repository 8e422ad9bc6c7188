"""Accept what was handed in, or give it back with a note."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.participation.hand_in import must_allow
from incubator.participation.queries import milestone_by_id, participation_to_run
from incubator.participation.states import MilestoneState
from incubator.participation.tell import note, tell
from incubator.participation.views import MilestoneView
from incubator.people.actor import Actor


class NoteNeeded(Invalid):
    """Who gives a milestone back says what is missing."""

    code = "note_needed"
    sentence = N_("Please say what is missing: the participant will read it.")


SET = """
UPDATE milestone SET state = $2, note = $3, accepted_at = $4, accepted_by = $5, version = version + 1 WHERE id = $1
"""


async def accept_milestone(
    tx: Tx, *, actor: Actor, milestone_id: UUID, remark: str = "", now: datetime
) -> MilestoneView:
    """Raises NoSuchMilestone, NotYours, WrongMilestoneState."""
    return await _review(tx, actor, milestone_id, MilestoneState.ACCEPTED, remark, now)


async def return_milestone(tx: Tx, *, actor: Actor, milestone_id: UUID, remark: str, now: datetime) -> MilestoneView:
    """Raises NoSuchMilestone, NotYours, NoteNeeded, WrongMilestoneState."""
    if not remark.strip():
        raise NoteNeeded()
    return await _review(tx, actor, milestone_id, MilestoneState.RETURNED, remark, now)


async def _review(
    tx: Tx, actor: Actor, milestone_id: UUID, to: MilestoneState, remark: str, now: datetime
) -> MilestoneView:
    seen = await milestone_by_id(tx, milestone_id=milestone_id)
    participation = await participation_to_run(tx, actor=actor, participation_id=seen.participation_id, lock=True)
    milestone = await milestone_by_id(tx, milestone_id=milestone_id, lock=True)
    must_allow(milestone, to)
    accepted = (now, actor.account_id) if to == MilestoneState.ACCEPTED else (None, None)
    await tx.execute(SET, milestone.id, to, remark, *accepted)
    await note(
        tx,
        participation=participation,
        verb="accept_milestone" if to == MilestoneState.ACCEPTED else "return_milestone",
        actor_id=actor.account_id,
        now=now,
        before={"milestone_id": str(milestone.id), "state": milestone.state},
        after={"milestone_id": str(milestone.id), "state": to},
    )
    settled = await milestone_by_id(tx, milestone_id=milestone_id)
    await tell(tx, participation=participation, what="milestone", now=now, milestone=settled)
    return settled
