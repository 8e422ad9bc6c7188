"""Say by which criteria applications are scored."""

from datetime import datetime
from uuid import UUID

from incubator.assessment.details import CriterionDetails
from incubator.assessment.queries import assessment_of
from incubator.assessment.reach import note
from incubator.assessment.rules import CRITERION, SUBMITTED_AT
from incubator.assessment.set_assessment import to_set_up
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run


class RubricUnclear(Invalid):
    """A rubric without criteria, with too many, or with one that is not this edition's."""

    code = "rubric_unclear"
    sentence = N_("A rubric has 1 to 30 criteria, each of this edition and each once.")


class LeastAboveMost(Invalid):
    """More points are needed of a criterion than it has."""

    code = "least_above_most"
    sentence = N_("A criterion cannot need more points than it has.")


LEFT_OUT = "DELETE FROM criterion WHERE edition_id = $1 AND id <> ALL($2::uuid[])"
CHANGE = """
UPDATE criterion SET position = $3, name_pl = $4, name_en = $5, help_pl = $6, help_en = $7, most = $8, weight = $9,
    least = $10
WHERE edition_id = $1 AND id = $2
"""
ADD = """
INSERT INTO criterion (edition_id, position, name_pl, name_en, help_pl, help_en, most, weight, least)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
TIES = "UPDATE assessment SET tie_rule = $2, version = version + 1 WHERE edition_id = $1"


async def set_rubric(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    criteria: list[CriterionDetails],
    seen: int | None = None,
    now: datetime,
) -> AssessmentView:
    """The criteria, all of them anew and in this order; those with an `id` keep it. One that goes also
    leaves the tie rule. Raises NoSuchEdition, NotYours, NoCall, ScoringBegun, RubricUnclear, LeastAboveMost,
    ChangedMeanwhile."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    assessment = await to_set_up(tx, edition_id=edition_id, seen=seen)
    kept = [one.id for one in criteria if one.id is not None]
    known = {one.id for one in assessment.criteria}
    if not 1 <= len(criteria) <= 30 or len(set(kept)) != len(kept) or not known.issuperset(kept):
        raise RubricUnclear()
    if any(one.least is not None and one.least > one.most for one in criteria):
        raise LeastAboveMost()
    await tx.execute(LEFT_OUT, edition_id, kept)
    for position, one in enumerate(criteria):
        await _put(tx, edition_id, position, one)
    gone = {f"{CRITERION}{key}" for key in known.difference(kept)}
    await tx.execute(TIES, edition_id, [step for step in assessment.tie_rule if step not in gone] or [SUBMITTED_AT])
    after = {"criteria": [[one.most, one.weight, one.least] for one in criteria]}
    await note(tx, verb="set_rubric", edition=edition, actor_id=actor.account_id, now=now, after=after)
    return await assessment_of(tx, edition_id=edition_id)


async def _put(tx: Tx, edition_id: UUID, position: int, one: CriterionDetails) -> None:
    said = (one.name_pl, one.name_en, one.help_pl, one.help_en, one.most, one.weight, one.least)
    if one.id is None:
        await tx.execute(ADD, edition_id, position, *said)
    else:
        await tx.execute(CHANGE, edition_id, one.id, position, *said)
