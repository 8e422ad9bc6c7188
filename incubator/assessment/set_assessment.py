"""Say how the applications of an edition are judged."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.assessment.details import AssessmentRules
from incubator.assessment.queries import assessment_of
from incubator.assessment.reach import note
from incubator.assessment.rules import CRITERION
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run
from incubator.web.etags import must_be_current


class ScoringBegun(Conflict):
    """The rules and the rubric stay as they are once somebody has scored by them."""

    code = "scoring_begun"
    sentence = N_("Scoring has begun, so the rules and the criteria stay as they are.")


class TieRuleUnclear(Invalid):
    """A step of the tie rule that comes twice, or names no criterion of this rubric."""

    code = "tie_rule_unclear"
    sentence = N_("The tie rule names each step once, and criteria of this edition only.")


BEGIN = """
INSERT INTO assessment (edition_id, scorers_needed, threshold_percent, supplement_days, answer_days, version)
VALUES ($1, 2, 50, 7, 7, 1) ON CONFLICT DO NOTHING
"""
LOCK = "SELECT version FROM assessment WHERE edition_id = $1 FOR UPDATE"
SET = """
UPDATE assessment SET scorers_needed = $2, threshold_percent = $3, supplement_days = $4, answer_days = $5,
    reserve_places = $6, tie_rule = $7, version = version + 1
WHERE edition_id = $1
"""


async def set_assessment(
    tx: Tx, *, actor: Actor, edition_id: UUID, rules: AssessmentRules, seen: int | None = None, now: datetime
) -> AssessmentView:
    """The rules, all of them anew. Raises NoSuchEdition, NotYours, NoCall, ScoringBegun, TieRuleUnclear,
    ChangedMeanwhile."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    assessment = await to_set_up(tx, edition_id=edition_id, seen=seen)
    must_be_clear(rules.tie_rule, assessment)
    await tx.execute(SET, edition_id, *msgspec.structs.astuple(rules))
    await note(tx, verb="set_assessment", edition=edition, actor_id=actor.account_id, now=now, after=rules)
    return await assessment_of(tx, edition_id=edition_id)


async def to_set_up(tx: Tx, *, edition_id: UUID, seen: int | None) -> AssessmentView:
    """The assessment, begun where it was not, and locked. Raises NoCall, ScoringBegun, ChangedMeanwhile."""
    before = await assessment_of(tx, edition_id=edition_id)
    await tx.execute(BEGIN, edition_id)
    current = await tx.fetchval(LOCK, edition_id)
    must_be_current(0 if before.version == 0 and current == 1 else current, seen)
    assessment = await assessment_of(tx, edition_id=edition_id)
    if assessment.frozen or assessment.approved:
        raise ScoringBegun()
    return assessment


def must_be_clear(tie_rule: list[str], assessment: AssessmentView) -> None:
    """Raises TieRuleUnclear."""
    known = {f"{CRITERION}{criterion.id}" for criterion in assessment.criteria}
    unknown = [step for step in tie_rule if step.startswith(CRITERION) and step not in known]
    if unknown or len(set(tie_rule)) != len(tie_rule):
        raise TieRuleUnclear()
