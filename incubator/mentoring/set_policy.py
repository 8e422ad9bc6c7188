"""Say how many minutes a month a gmina's mentors give to each organisation or person."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.mentoring.contracts import policies
from incubator.mentoring.details import PolicyLimits
from incubator.mentoring.mentor_views import PolicyView
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.details import differences
from incubator.places.queries import NoSuchGmina
from incubator.web.etags import must_be_current

SET = """
INSERT INTO mentoring_policy (gmina_id, organisation_minutes, person_minutes, version) VALUES ($1, $2, $3, 1)
ON CONFLICT (gmina_id) DO UPDATE SET organisation_minutes = $2, person_minutes = $3, version = mentoring_policy.version + 1
"""


async def set_policy(
    tx: Tx, *, actor: Actor, gmina_id: UUID, limits: PolicyLimits, seen: int | None = None, now: datetime
) -> PolicyView:
    """For the coordinator of the gmina. It counts for meetings booked from now on. Raises NoSuchGmina,
    NotYours, ChangedMeanwhile."""
    # Two coordinators queue here, for the policy's own row may not be there yet.
    if not await tx.fetchval("SELECT true FROM gmina WHERE id = $1 FOR NO KEY UPDATE", gmina_id):
        raise NoSuchGmina()
    must_coordinate(actor, gmina_id)
    [before] = await policies(tx, gmina_ids=[gmina_id])
    must_be_current(before.version, seen)
    await tx.execute(SET, gmina_id, limits.organisation_minutes, limits.person_minutes)
    old = PolicyLimits(organisation_minutes=before.organisation_minutes, person_minutes=before.person_minutes)
    changed = differences(old, limits)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="set_mentoring_policy",
        subject_kind="gmina",
        subject_id=gmina_id,
        gmina_id=gmina_id,
        before=changed[0],
        after=changed[1],
    )
    await bump(tx, [gmina_id])
    [after] = await policies(tx, gmina_ids=[gmina_id])
    return after
