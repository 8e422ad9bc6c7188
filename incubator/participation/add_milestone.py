"""Add a milestone: for everybody of an edition, or for one participant."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.ids import uuid7
from incubator.participation.queries import milestone_by_id, participation_to_run
from incubator.participation.settle import WrongParticipationState
from incubator.participation.states import LIVE
from incubator.participation.tell import note
from incubator.participation.views import MilestoneView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run
from incubator.web.bodies import Body, Line, OptionalLine


class NewMilestone(Body, frozen=True, kw_only=True):
    """What is to be reached, and by which day."""

    name_pl: Line
    name_en: OptionalLine = ""
    due_on: date


TEMPLATE = "INSERT INTO edition_milestone (id, edition_id, name_pl, name_en, due_on) VALUES ($1, $2, $3, $4, $5)"
EACH = """
INSERT INTO milestone (id, participation_id, template_id, name_pl, name_en, due_on, state, evidence, evidence_url, note,
    version)
SELECT gen_random_uuid(), participation.id, $1, $3, $4, $5, 'open', '', '', '', 1
FROM participation WHERE edition_id = $2 AND state IN ('admitted', 'active')
"""
ONE = """
INSERT INTO milestone (id, participation_id, name_pl, name_en, due_on, state, evidence, evidence_url, note, version)
VALUES ($1, $2, $3, $4, $5, 'open', '', '', '', 1)
"""


async def add_edition_milestone(
    tx: Tx, *, actor: Actor, edition_id: UUID, milestone: NewMilestone, now: datetime
) -> UUID:
    """One for everybody who takes part, now or from later on; the identifier of it. Raises NoSuchEdition,
    NotYours."""
    # Locked, so that who is admitted in this moment gets it once.
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    key = uuid7()
    said = (milestone.name_pl, milestone.name_en, milestone.due_on)
    await tx.execute(TEMPLATE, key, edition_id, *said)
    await tx.execute(EACH, key, edition_id, *said)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="add_edition_milestone",
        subject_kind="edition",
        subject_id=edition_id,
        gmina_id=edition.gmina_id,
        after={"milestone_id": str(key), "due_on": milestone.due_on},
    )
    return key


async def add_milestone(
    tx: Tx, *, actor: Actor, participation_id: UUID, milestone: NewMilestone, now: datetime
) -> MilestoneView:
    """One more for one participant. Raises NoSuchParticipation, NotYours, WrongParticipationState."""
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id, lock=True)
    if found.state not in LIVE:
        raise WrongParticipationState(found.state.value)
    key = uuid7()
    await tx.execute(ONE, key, found.id, milestone.name_pl, milestone.name_en, milestone.due_on)
    after = {"milestone_id": str(key), "due_on": milestone.due_on}
    await note(tx, participation=found, verb="add_milestone", actor_id=actor.account_id, now=now, after=after)
    return await milestone_by_id(tx, milestone_id=key)
