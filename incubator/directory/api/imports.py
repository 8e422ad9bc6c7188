"""Files of companies: looked at, then applied as they were seen."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.directory.api.shapes import DESK, DESK_READ, Source, SourceDay
from incubator.directory.apply_import import apply_import
from incubator.directory.check_rows import Checked, check_rows
from incubator.directory.imports import import_for
from incubator.directory.preview_import import preview_import
from incubator.directory.sheet import read_sheet
from incubator.directory.views_import import ImportView
from incubator.people.guards import must_coordinate
from incubator.people.visit import Visit


@post("/directory/imports", operation_id="previewImport", **DESK)
async def post_import(
    request: Request[Any, Any, Any],
    visit: NamedDependency[Visit],
    gmina: FromQuery[UUID],
    source: Source,
    source_day: SourceDay,
) -> Response[ImportView]:
    """Send a CSV file (UTF-8 or Windows-1250; semicolons, commas or tabs) as the body, and get what would
    change and what is wrong in which line. Nothing changes yet. Rows: schemas/company-row.json."""
    must_coordinate(visit.actor, gmina)
    found = await asyncio.to_thread(_checked, await request.body())
    told = {"gmina_id": gmina, "found": found, "source": source, "source_day": source_day}
    return await visit.create(preview_import, lambda made: f"/api/directory/imports/{made.id}", **told)


@get("/directory/imports/{import_id:uuid}", operation_id="getImport", **DESK_READ)
async def get_import(import_id: FromPath[UUID], visit: NamedDependency[Visit]) -> ImportView:
    """A file as it was looked at; the first 200 of its rows and problems."""
    async with statement(visit.db) as tx:
        return await import_for(tx, actor=visit.actor, import_id=import_id)


@post("/directory/imports/{import_id:uuid}/apply", operation_id="applyImport", status_code=200, **DESK)
async def post_apply(import_id: FromPath[UUID], visit: NamedDependency[Visit]) -> ImportView:
    """Take the file over as it was seen: all of it, or nothing where something has changed since."""
    return await visit.do(apply_import, import_id=import_id)


def _checked(content: bytes) -> Checked:
    return check_rows(read_sheet(content))


handlers: list[ControllerRouterHandler] = [post_import, get_import, post_apply]
