"""The edges of what programmes come to: the office's page, and the same figures in JSON."""

from itertools import groupby

import msgspec
from babel.numbers import format_decimal
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.people.guards import office, office_or_coordinator, scope
from incubator.people.visit import Visit
from incubator.reporting.outcomes import BANDS, EditionOutcome, outcomes_of_all
from incubator.web.i18n import locale_of
from incubator.web.pages import page
from incubator.web.problems import problems


class ProgrammeOutcomes(msgspec.Struct, frozen=True):
    """Editions of programmes, the latest of each first."""

    items: list[EditionOutcome]


@get("/office/programmes", guards=[office])
async def show_outcomes(visit: NamedDependency[Visit]) -> Response[str]:
    """What the programmes of all gminas come to."""
    async with statement(visit.db) as tx:
        editions = await outcomes_of_all(tx, actor=visit.actor)
    locale = locale_of(visit.request)
    return page(
        visit.request,
        "reporting/outcomes.html",
        programmes=[list(those) for _, those in groupby(editions, key=lambda one: one.programme_id)],
        bands=BANDS,
        guarded=not visit.actor.is_administrator,
        number=lambda count: format_decimal(count, locale=locale),
        hours=lambda minutes: format_decimal(round(minutes / 60, 1), format="#,##0.#", locale=locale),
        hundredths=lambda count: format_decimal(count / 100, format="#,##0.##", locale=locale),
    )


@get(
    "/programme-outcomes",
    operation_id="getProgrammeOutcomes",
    guards=[office_or_coordinator, scope("programmes:read")],
    responses=problems(401, 403),
)
async def get_outcomes(visit: NamedDependency[Visit]) -> Response[ProgrammeOutcomes]:
    """What programmes came to, edition by edition. The metropolis office sees every gmina, a coordinator their own.
    Counts below five, and sums of fewer than five, are told to who runs the edition alone."""
    async with statement(visit.db) as tx:
        editions = await outcomes_of_all(tx, actor=visit.actor)
    return Response(ProgrammeOutcomes(items=editions), headers={"Cache-Control": "no-store"})


pages: list[ControllerRouterHandler] = [show_outcomes]
api: list[ControllerRouterHandler] = [get_outcomes]
