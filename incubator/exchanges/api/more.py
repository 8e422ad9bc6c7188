"""Copies and series of a session, what is given out, and what was answered."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.applications.serving import served
from incubator.db.engine import Database, statement
from incubator.exchanges.add_material import (
    LARGEST,
    MaterialLink,
    MaterialTitle,
    add_file,
    add_link,
    remove_material,
)
from incubator.exchanges.api.shapes import DESK, OPEN, Dates, DateView, Kept, NewSeries, reader_of
from incubator.exchanges.copy_session import copy_session
from incubator.exchanges.details import Answer, When
from incubator.exchanges.materials import content_to_read
from incubator.exchanges.publish_answer import publish_answer, withdraw_answer
from incubator.exchanges.repeat_session import Date, foresee_series, repeat_session
from incubator.exchanges.views import SessionView
from incubator.people.visit import Visit

Ask = Request[Any, Any, Any]


@post("/sessions/{session_id:uuid}/copies", operation_id="copySession", **DESK)
async def post_copy(
    visit: NamedDependency[Visit], session_id: FromPath[UUID], data: JSONBody[When]
) -> Response[SessionView]:
    """A draft like this session at another time."""

    return await visit.create(copy_session, lambda made: f"/api/sessions/{made.id}", session_id=session_id, when=data)


@post("/sessions/{session_id:uuid}/series/preview", operation_id="foreseeSessionSeries", status_code=200, **DESK)
async def post_preview(visit: NamedDependency[Visit], session_id: FromPath[UUID], data: JSONBody[NewSeries]) -> Dates:
    """What a series would be: each date, and the code of why it cannot be. Nothing is made."""
    return _dates(await visit.do(foresee_series, session_id=session_id, rhythm=data.rhythm))


@post("/sessions/{session_id:uuid}/series", operation_id="repeatSession", **DESK)
async def post_series(
    visit: NamedDependency[Visit], session_id: FromPath[UUID], data: JSONBody[NewSeries]
) -> Response[Dates]:
    """Make a series of it: each date is a session of its own, a draft with its own registrations."""

    told = {"session_id": session_id, "rhythm": data.rhythm, "skip": data.skip}
    return await visit.create(repeat_session, f"/api/sessions/{session_id}", _dates, **told)


@post("/sessions/{session_id:uuid}/materials", operation_id="addSessionLink", **DESK)
async def post_link(
    visit: NamedDependency[Visit], session_id: FromPath[UUID], data: JSONBody[MaterialLink]
) -> Response[Kept]:
    """Give out what is at an address."""

    at = f"/api/sessions/{session_id}/materials"
    return await visit.create(add_link, lambda key: f"{at}/{key}", _kept, session_id=session_id, link=data)


@post(
    "/sessions/{session_id:uuid}/files",
    operation_id="addSessionFile",
    request_max_body_size=LARGEST + 1024,
    **DESK,
)
async def post_file(
    visit: NamedDependency[Visit],
    session_id: FromPath[UUID],
    title_pl: Annotated[str, QueryParameter(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*\S[^\x00\r\n]*$")],
    title_en: Annotated[str, QueryParameter(max_length=200, pattern=r"^[^\x00\r\n]*$")] = "",
    name: Annotated[str, QueryParameter(max_length=300)] = "",
    everybody: Annotated[bool, QueryParameter(description="False: for who was registered.")] = True,
) -> Kept:
    """Give out a file: the body is the file as it is, up to 10 MB. What it is is read from its content."""
    content = await visit.request.body()
    title = MaterialTitle(title_pl=title_pl, title_en=title_en, public=everybody)
    return Kept(id=await visit.do(add_file, session_id=session_id, title=title, name=name, content=content))


@get("/sessions/{session_id:uuid}/materials/{material_id:uuid}", operation_id="getSessionFile", **OPEN)
async def get_file(
    request: Ask, session_id: FromPath[UUID], material_id: FromPath[UUID], db: NamedDependency[Database]
) -> Response[bytes]:
    """The file itself, for those it is for."""
    async with statement(db) as tx:
        reader = reader_of(request)
        return served(await content_to_read(tx, reader=reader, session_id=session_id, material_id=material_id))


@delete("/sessions/{session_id:uuid}/materials/{material_id:uuid}", operation_id="removeSessionMaterial", **DESK)
async def delete_material(
    visit: NamedDependency[Visit], session_id: FromPath[UUID], material_id: FromPath[UUID]
) -> None:
    """Take back what was given out."""
    await visit.do(remove_material, session_id=session_id, material_id=material_id)


@post("/sessions/{session_id:uuid}/answers", operation_id="publishSessionAnswer", **DESK)
async def post_answer(
    visit: NamedDependency[Visit], session_id: FromPath[UUID], data: JSONBody[Answer]
) -> Response[Kept]:
    """Publish a question that was asked and what was answered."""

    at = f"/api/sessions/{session_id}"
    return await visit.create(publish_answer, at, _kept, session_id=session_id, answer=data)


@delete("/sessions/{session_id:uuid}/answers/{answer_id:uuid}", operation_id="withdrawSessionAnswer", **DESK)
async def delete_answer(visit: NamedDependency[Visit], session_id: FromPath[UUID], answer_id: FromPath[UUID]) -> None:
    """Take an answer off the page."""
    await visit.do(withdraw_answer, session_id=session_id, answer_id=answer_id)


def _kept(key: UUID) -> Kept:
    return Kept(id=key)


def _dates(dates: list[Date]) -> Dates:
    return Dates(
        items=[
            DateView(
                start=one.period.start,
                end=one.period.end,
                session_id=None if one.refusal else one.session_id,
                code=one.refusal.code if one.refusal else None,
            )
            for one in dates
        ]
    )


handlers: list[ControllerRouterHandler] = [
    post_copy,
    post_preview,
    post_series,
    post_link,
    post_file,
    get_file,
    delete_material,
    post_answer,
    delete_answer,
]
