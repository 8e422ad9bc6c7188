"""What the forms of an edition's assessment do, each by its verb."""

from uuid import UUID

from incubator.assessment.answer_offer import offer_place
from incubator.assessment.appoint_scorer import appoint_scorer
from incubator.assessment.approve_ranking import approve_ranking
from incubator.assessment.assign import assign, unassign
from incubator.assessment.check_formally import check_formally
from incubator.assessment.details import Approval, AssessmentRules, Check
from incubator.assessment.end_reserve_list import end_reserve_list
from incubator.assessment.make_ranking import make_ranking
from incubator.assessment.pages.rows import criteria_of, items_of, ties_of
from incubator.assessment.remove_scorer import remove_scorer
from incubator.assessment.reopen_sheet import reopen_sheet, return_to_scoring
from incubator.assessment.set_assessment import set_assessment
from incubator.assessment.set_formal_items import set_formal_items
from incubator.assessment.set_rubric import set_rubric
from incubator.assessment.share_out import share_out
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Verb
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


async def _rules(asked: Asked) -> None:
    rules = asked.typed.shaped(AssessmentRules, tie_rule=ties_of(asked.typed))
    await _edition(asked, set_assessment, rules=rules, seen=asked.typed.seen)


async def _items(asked: Asked) -> None:
    await _edition(asked, set_formal_items, items=items_of(asked.typed), seen=asked.typed.seen)


async def _criteria(asked: Asked) -> None:
    await _edition(asked, set_rubric, criteria=criteria_of(asked.typed), seen=asked.typed.seen)


async def _appoint(asked: Asked) -> None:
    await _edition(asked, appoint_scorer, email=asked.typed.shaped(ScorerForm).email)


async def _remove(asked: Asked) -> None:
    await _edition(asked, remove_scorer, account_id=asked.typed.shaped(PersonForm).scorer)


async def _share_out(asked: Asked) -> None:
    await _edition(asked, share_out)


async def _assign(asked: Asked) -> None:
    pair = asked.typed.shaped(PairForm)
    await asked.do(assign, application_id=pair.application_id, account_id=pair.scorer)


async def _unassign(asked: Asked) -> None:
    pair = asked.typed.shaped(PairForm)
    await asked.do(unassign, application_id=pair.application_id, account_id=pair.scorer)


async def _reopen(asked: Asked) -> None:
    pair, why = asked.typed.shaped(PairForm), asked.typed.shaped(WhyForm)
    await asked.do(reopen_sheet, application_id=pair.application_id, account_id=pair.scorer, reason=why.reason)


async def _check(asked: Asked) -> None:
    key = asked.typed.shaped(ApplicationForm).application_id
    check = asked.typed.shaped(Check, met=asked.typed.many("met"))
    await asked.do(check_formally, application_id=key, check=check, seen=asked.typed.seen)


async def _make(asked: Asked) -> None:
    await _edition(asked, make_ranking)


async def _return(asked: Asked) -> None:
    why = asked.typed.shaped(WhyForm)
    await asked.do(return_to_scoring, application_id=why.application_id, reason=why.reason)


async def _approve(asked: Asked) -> None:
    key = asked.typed.shaped(RankingForm).ranking_id
    await _edition(asked, approve_ranking, ranking_id=key, approval=asked.typed.shaped(Approval))


async def _offer(asked: Asked) -> None:
    await _edition(asked, offer_place)


async def _edition(asked: Asked, verb: Verb[object], **told: object) -> None:
    """Of the edition whose page it is."""
    await asked.do(verb, edition_id=asked.place.id, **told)


async def _end_list(asked: Asked) -> None:
    if not asked.typed.one("sure"):
        raise CheckField("sure")
    await _edition(asked, end_reserve_list)


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
    "end_reserve_list": Deed(_end_list, N_("The reserve list has ended, and everybody on it is written to.")),
}
