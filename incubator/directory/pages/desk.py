"""The desk: the gmina's companies, what companies ask for, and files to take over."""

import asyncio
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Tx, statement
from incubator.directory.answer_request import answer_request, open_requests
from incubator.directory.apply_import import apply_import
from incubator.directory.check_rows import Checked, check_rows
from incubator.directory.desk import at_desk, export_companies
from incubator.directory.imports import import_for
from incubator.directory.pages.labels import desk_labels_in, labels_in
from incubator.directory.preview_import import preview_import
from incubator.directory.sheet import COLUMNS, LARGEST, read_sheet
from incubator.directory.views_import import ImportView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.views import GminaName
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_query


class Asks(Body, frozen=True):
    """What the list shows."""

    which: OptionalLine = ""
    q: OptionalLine = ""
    after: Annotated[str, Meta(max_length=1000)] = ""


class AnswerForm(Body, frozen=True):
    request_id: UUID
    outcome: Literal["done", "refused"]
    answer: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")] = ""


class FileForm(Body, frozen=True):
    gmina: UUID
    source_day: date
    source: OptionalLine = ""


async def _shown(tx: Tx, visit: Visit, _: None) -> Shown:
    asks = read_query(visit.request, Asks)
    found = await at_desk(tx, actor=visit.actor, which=asks.which, words=asks.q, after=asks.after or None)
    return Shown(
        "directory/desk.html",
        found=found,
        asks=asks,
        requests=await open_requests(tx, actor=visit.actor),
        gminas=await _gminas(tx, visit),
        columns=list(COLUMNS),
        today=visit.now.date(),
    )


async def _gminas(tx: Tx, visit: Visit) -> list[GminaName]:
    every = await gminas(tx)
    return every if visit.actor.is_administrator else [one for one in every if one.id in visit.actor.coordinates]


async def _look(asked: Asked) -> ImportView:
    form = asked.typed.shaped(FileForm)
    content = await asked.typed.file("file", most=LARGEST)
    found = await asyncio.to_thread(_checked, content)
    told = {"source": form.source, "source_day": form.source_day}
    return await asked.do(preview_import, gmina_id=form.gmina, found=found, **told)


def _checked(content: bytes) -> Checked:
    return check_rows(read_sheet(content))


async def _answer(asked: Asked) -> None:
    form = asked.typed.shaped(AnswerForm)
    if form.outcome == "refused" and not form.answer.strip():
        raise CheckField("answer")
    await asked.do(answer_request, request_id=form.request_id, outcome=form.outcome, answer=form.answer)


LIST = Screen(
    name="directory_desk",
    path="/desk/directory",
    guard=coordinator,
    about=nothing,
    shows=_shown,
    deeds={
        "import": Deed(_look, "", to=lambda made: f"/desk/directory/imports/{made.id}"),
        "answer": Deed(_answer, N_("The request is answered, and who asked is written to."), to="#requests"),
    },
    labels=labels_in,
)


async def _import(tx: Tx, visit: Visit) -> ImportView:
    """Raises NoSuchImport."""
    return await import_for(tx, actor=visit.actor, import_id=visit.key("import_id"))


async def _seen(_tx: Tx, _visit: Visit, found: ImportView) -> Shown:
    return Shown("directory/import.html", found=found)


async def _apply(asked: Asked) -> None:
    await asked.do(apply_import, import_id=asked.place.id)


PREVIEW = Screen(
    name="directory_import",
    path="/desk/directory/imports/{import_id:uuid}",
    guard=coordinator,
    about=_import,
    shows=_seen,
    deeds={"apply": Deed(_apply, N_("The file is taken over."), to="/desk/directory")},
    labels=desk_labels_in,
)


@get("/desk/directory.csv", guards=[coordinator])
async def download_companies(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> Response[bytes]:
    async with statement(visit.db) as tx:
        content = await export_companies(tx, actor=visit.actor, gmina_id=gmina)
    headers = {"Content-Disposition": 'attachment; filename="firmy.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv", headers=headers)


handlers: list[ControllerRouterHandler] = [*LIST.handlers, *PREVIEW.handlers, download_companies]
