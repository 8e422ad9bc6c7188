"""The record as a page, a CSV file and a spreadsheet: of an edition, of all that one runs, of one participant."""

import asyncio
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.participation.queries import participation_for
from incubator.participation.record import PAGE, Filter, record_of
from incubator.participation.record_sheet import EVIDENCE, KINDS, as_csv, as_xlsx
from incubator.people.guards import office_or_coordinator, signed_in
from incubator.people.visit import Visit
from incubator.programmes.queries import EditionView, edition_to_run
from incubator.web.bodies import Body, read_query
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.pdf import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDITIONS = """
SELECT edition.id, programme.name_pl || ', ' || edition.name_pl AS name_pl,
    coalesce(nullif(programme.name_en, ''), programme.name_pl) || ', ' || coalesce(nullif(edition.name_en, ''), edition.name_pl)
        AS name_en
FROM edition JOIN programme ON programme.id = programme_id
WHERE programme.gmina_id = ANY($1::uuid[]) OR $2 OR $3 AND programme.gmina_id IS NULL
ORDER BY edition.starts_on DESC, edition.id
"""


class Query(Body, frozen=True):
    """What the address narrows to; `shape` is that of the answer, `from_row` where its page begins."""

    edition_id: UUID | None = None
    participation_id: UUID | None = None
    gmina_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    kind: Literal["meeting", "mentor", "milestone", "certificate"] | None = None
    counts_in: Literal["participant", "people"] | None = None
    shape: Literal["csv", "xlsx"] | None = None
    from_row: int = 0


@get("/desk/record", guards=[office_or_coordinator])
async def show_record(visit: NamedDependency[Visit]) -> Response[Any]:
    """Of everything that one runs, with filters."""
    return await _show(visit)


@get("/desk/editions/{edition_id:uuid}/record", guards=[office_or_coordinator])
async def show_edition_record(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:
        edition = await edition_to_run(tx, actor=visit.actor, edition_id=edition_id)
    return await _show(visit, edition=edition)


@get("/participations/{participation_id:uuid}/record", guards=[signed_in])
async def show_own_record(visit: NamedDependency[Visit], participation_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:
        await participation_for(tx, actor=visit.actor, participation_id=participation_id)
    return await _show(visit, participation_id=participation_id)


async def _show(
    visit: Visit, *, edition: EditionView | None = None, participation_id: UUID | None = None
) -> Response[Any]:
    request, actor = visit.request, visit.actor
    asked = read_query(request, Query)
    wanted = Filter(
        edition_id=edition.id if edition else asked.edition_id,
        participation_id=participation_id or asked.participation_id,
        gmina_id=asked.gmina_id,
        first=asked.first,
        last=asked.last,
        kind=asked.kind,
        counts_in=asked.counts_in,
    )
    offset = min(max(asked.from_row, 0), 10_000_000)
    async with statement(visit.db) as tx:
        limit = None if asked.shape else PAGE
        told = await record_of(tx, actor=actor, wanted=wanted, offset=0 if asked.shape else offset, limit=limit)
        editions = await tx.fetch(EDITIONS, list(actor.coordinates), actor.is_administrator, actor.is_office)
    texts = texts_of(request)
    if asked.shape == "csv":
        return download(await asyncio.to_thread(as_csv, told, texts), "record.csv", media_type="text/csv")
    if asked.shape == "xlsx":
        return download(await asyncio.to_thread(as_xlsx, told, texts), "record.xlsx", media_type=XLSX)
    fixed = frozenset({"edition_id"} if edition else {"participation_id"} if participation_id else ())

    def link(**more: Any) -> str:
        given = {name: value for name, value in wanted.query(**more).items() if name not in fixed}
        return f"?{urlencode(given)}"

    return page(
        request,
        "participation/record.html",
        record=told,
        wanted=wanted,
        edition=edition,
        own=participation_id,
        editions=editions,
        offset=offset,
        page_size=PAGE,
        link=link,
        kinds=KINDS,
        evidence=EVIDENCE,
    )


handlers: list[ControllerRouterHandler] = [show_record, show_edition_record, show_own_record]
