"""What the forms of an edition's assessment do, each by its verb."""

from typing import Any
from uuid import UUID

from incubator.assessment.answer_offer import offer_place
from incubator.assessment.appoint_scorer import appoint_scorer
from incubator.assessment.approve_ranking import approve_ranking
from incubator.assessment.assign import assign, unassign
from incubator.assessment.check_formally import check_formally
from incubator.assessment.details import Approval, AssessmentRules, Check
from incubator.assessment.make_ranking import make_ranking
from incubator.assessment.pages.rows import criteria_of, items_of, ties_of
from incubator.assessment.remove_scorer import remove_scorer
from incubator.assessment.reopen_sheet import reopen_sheet, return_to_scoring
from incubator.assessment.set_assessment import set_assessment
from incubator.assessment.set_formal_items import set_formal_items
from incubator.assessment.set_rubric import set_rubric
from incubator.assessment.share_out import share_out
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.web.bodies import Body, Line, Paragraphs


class ScorerForm(Body, frozen=True):
    email: Line


class PersonForm(Body, frozen=True):
    scorer: UUID


class ApplicationForm(Body, frozen=True):
    application_id: UUID


class PairForm(Body, frozen=True):
    application_id: UUID
    scorer: UUID


class WhyForm(Body, frozen=True):
    application_id: UUID
    reason: Paragraphs = ""


class RankingForm(Body, frozen=True):
    ranking_id: UUID


def about(asked: Asked) -> dict[str, Any]:
    """What every verb on an edition is told: who, which, when."""
    return {"actor": asked.actor, "edition_id": asked.place.id, "now": asked.now}


def by(asked: Asked) -> dict[str, Any]:
    return {"actor": asked.actor, "now": asked.now}


async def _rules(asked: Asked) -> None:
    rules = asked.typed.shaped(AssessmentRules, tie_rule=ties_of(asked.typed))
    await set_assessment(asked.tx, rules=rules, seen=asked.typed.seen, **about(asked))


async def _items(asked: Asked) -> None:
    await set_formal_items(asked.tx, items=items_of(asked.typed), seen=asked.typed.seen, **about(asked))


async def _criteria(asked: Asked) -> None:
    await set_rubric(asked.tx, criteria=criteria_of(asked.typed), seen=asked.typed.seen, **about(asked))


async def _appoint(asked: Asked) -> None:
    await appoint_scorer(asked.tx, email=asked.typed.shaped(ScorerForm).email, **about(asked))


async def _remove(asked: Asked) -> None:
    await remove_scorer(asked.tx, account_id=asked.typed.shaped(PersonForm).scorer, **about(asked))


async def _share_out(asked: Asked) -> None:
    await share_out(asked.tx, **about(asked))


async def _assign(asked: Asked) -> None:
    pair = asked.typed.shaped(PairForm)
    await assign(asked.tx, application_id=pair.application_id, account_id=pair.scorer, **by(asked))


async def _unassign(asked: Asked) -> None:
    pair = asked.typed.shaped(PairForm)
    await unassign(asked.tx, application_id=pair.application_id, account_id=pair.scorer, **by(asked))


async def _reopen(asked: Asked) -> None:
    pair, why = asked.typed.shaped(PairForm), asked.typed.shaped(WhyForm)
    await reopen_sheet(
        asked.tx, application_id=pair.application_id, account_id=pair.scorer, reason=why.reason, **by(asked)
    )


async def _check(asked: Asked) -> None:
    key = asked.typed.shaped(ApplicationForm).application_id
    check = asked.typed.shaped(Check, met=asked.typed.many("met"))
    await check_formally(asked.tx, application_id=key, check=check, seen=asked.typed.seen, **by(asked))


async def _make(asked: Asked) -> None:
    await make_ranking(asked.tx, **about(asked))


async def _return(asked: Asked) -> None:
    why = asked.typed.shaped(WhyForm)
    await return_to_scoring(asked.tx, application_id=why.application_id, reason=why.reason, **by(asked))


async def _approve(asked: Asked) -> None:
    key = asked.typed.shaped(RankingForm).ranking_id
    await approve_ranking(asked.tx, ranking_id=key, approval=asked.typed.shaped(Approval), **about(asked))


async def _offer(asked: Asked) -> None:
    await offer_place(asked.tx, **about(asked))


ASSESSMENT: dict[str, Deed] = {
    "rules": Deed(_rules, N_("The rules are saved.")),
    "items": Deed(_items, N_("The list of the formal check is saved.")),
    "criteria": Deed(_criteria, N_("The criteria are saved.")),
    "appoint": Deed(_appoint, N_("The scorer is appointed and written to.")),
    "remove": Deed(_remove, N_("This person scores no more.")),
    "share_out": Deed(_share_out, N_("Every application has its scorers.")),
    "assign": Deed(_assign, N_("The application is assigned.")),
    "unassign": Deed(_unassign, N_("The scorer is taken off the application.")),
    "reopen": Deed(_reopen, N_("The score sheet is open again.")),
}
FORMAL: dict[str, Deed] = {"check": Deed(_check, N_("The result is saved, and the applicant is written to."))}
RANKING: dict[str, Deed] = {
    "make": Deed(_make, N_("The ranking is made.")),
    "return": Deed(_return, N_("The application is back in scoring.")),
    "approve": Deed(_approve, N_("The ranking is approved, and everybody is written to.")),
    "offer": Deed(_offer, N_("The place is offered to the first of the reserve list.")),
}
