"""The desk of an edition: how it is judged and by whom, the formal check, the ranking."""

from collections.abc import Mapping

from litestar.types import ControllerRouterHandler

from incubator.assessment.pages.deeds import ASSESSMENT, FORMAL, RANKING
from incubator.assessment.pages.labels import labels_in
from incubator.assessment.pages.rows import CRITERIA, ITEMS, TIES
from incubator.assessment.queries import NoCall, assessment_to_run, progress_for, scorers_for
from incubator.assessment.queries_formal import formal_queue
from incubator.assessment.queries_ranking import missing_for, ranking_for
from incubator.assessment.words import points_in
from incubator.db.engine import Tx
from incubator.people.forms import Deed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown, Shows
from incubator.people.visit import Visit
from incubator.programmes.at_desk import edition_at_desk
from incubator.programmes.queries import EditionView


async def _assessment(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    assessment = await assessment_to_run(tx, actor=visit.actor, edition_id=edition.id)
    scorers = await scorers_for(tx, actor=visit.actor, edition_id=edition.id)
    progress = await progress_for(tx, actor=visit.actor, edition_id=edition.id)
    return Shown(
        "assessment/desk_assessment.html",
        edition=edition,
        assessment=assessment,
        scorers=scorers,
        progress=progress,
        items=ITEMS.shown(assessment.items, visit.typed),
        criteria=CRITERIA.shown(assessment.criteria, visit.typed),
        ties=TIES,
    )


async def _formal(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    assessment = await assessment_to_run(tx, actor=visit.actor, edition_id=edition.id)
    queue = await formal_queue(tx, actor=visit.actor, edition_id=edition.id, now=visit.now)
    return Shown("assessment/desk_formal.html", edition=edition, assessment=assessment, queue=queue)


async def _ranking(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    return Shown(
        "assessment/desk_ranking.html",
        edition=edition,
        assessment=await assessment_to_run(tx, actor=visit.actor, edition_id=edition.id),
        ranking=await ranking_for(tx, actor=visit.actor, edition_id=edition.id),
        missing=await missing_for(tx, actor=visit.actor, edition_id=edition.id),
        points=lambda hundredths: points_in(hundredths, visit.locale),
    )


def _screen(name: str, shows: Shows[EditionView], deeds: Mapping[str, Deed]) -> Screen[EditionView]:
    """One of the three; where there is no call yet, it says so."""

    async def once_called(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
        try:
            return await shows(tx, visit, edition)
        except NoCall:
            return Shown("assessment/desk_no_call.html", at=f"/{name}", edition=edition)

    path = f"/desk/editions/{{edition_id:uuid}}/{name}"
    return Screen(
        name=name,
        path=path,
        guard=office_or_coordinator,
        about=edition_at_desk,
        shows=once_called,
        deeds=deeds,
        labels=labels_in,
    )


handlers: list[ControllerRouterHandler] = [
    *_screen("assessment", _assessment, ASSESSMENT).handlers,
    *_screen("formal", _formal, FORMAL).handlers,
    *_screen("ranking", _ranking, RANKING).handlers,
]
