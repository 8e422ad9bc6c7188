"""The protocol of the panel, in Polish, as a PDF to be published."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.assessment.queries import assessment_to_run
from incubator.assessment.queries_ranking import NoSuchRanking, ranking_for
from incubator.assessment.records import rules_kept
from incubator.assessment.rules import most_points
from incubator.assessment.words import points_in
from incubator.db.engine import statement
from incubator.people.guards import office_or_coordinator
from incubator.people.visit import Visit
from incubator.programmes.queries import edition_to_run
from incubator.web.pdf import download, pdf


@get("/desk/editions/{edition_id:uuid}/ranking/protocol.pdf", guards=[office_or_coordinator])
async def show_protocol(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[bytes]:
    """Of the approved ranking. It says who applied, the points and the places; nothing of who scored."""
    async with statement(visit.db) as tx:
        edition = await edition_to_run(tx, actor=visit.actor, edition_id=edition_id)
        ranking = await ranking_for(tx, actor=visit.actor, edition_id=edition_id)
        if ranking is None or ranking.approved_at is None:
            raise NoSuchRanking()
        assessment = await assessment_to_run(tx, actor=visit.actor, edition_id=edition_id)
    content = await pdf(
        "assessment/protocol.html",
        "pl",
        edition=edition,
        ranking=ranking,
        criteria=assessment.criteria,
        assessment=assessment,
        most=most_points(rules_kept(ranking.rules)[0]),
        points=lambda hundredths: points_in(hundredths, "pl"),
        made=visit.now,
    )
    return download(content, f"protokol-{edition.programme_slug}-{edition.slug}.pdf")


handlers: list[ControllerRouterHandler] = [show_protocol]
