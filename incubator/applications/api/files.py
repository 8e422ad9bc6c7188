"""Files that answer questions: send, list, fetch, take back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.applications.api.shapes import READ, WRITE
from incubator.applications.attach_file import attach_file
from incubator.applications.call_rules import LARGEST
from incubator.applications.files import FileView, content_for, files_of
from incubator.applications.queries import application_for, is_applicant
from incubator.applications.remove_file import remove_file
from incubator.applications.serving import served
from incubator.db.engine import Database, attempt, statement
from incubator.people.actor import Actor


@put(
    "/applications/{application_id:uuid}/answers/{question_id:uuid}/file",
    operation_id="attachFile",
    request_max_body_size=LARGEST + 1024,
    **WRITE,
)
async def put_file(
    request: Request[Any, Any, Any],
    application_id: FromPath[UUID],
    question_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Annotated[str, QueryParameter(max_length=300)] = "",
) -> FileView:
    """Answer a question with a file: the body is the file as it is, up to 10 MB. What it is is read from
    its content; the file that was there gives way."""
    content = await request.body()
    return await attempt(
        db,
        lambda tx: attach_file(
            tx,
            actor=actor,
            application_id=application_id,
            question_id=question_id,
            name=name,
            content=content,
            now=now,
        ),
    )


@get("/applications/{application_id:uuid}/files", operation_id="listFiles", **READ)
async def get_files(
    application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> list[FileView]:
    """Every file of an application, those too that a supplementation replaced."""
    async with statement(db) as tx:
        application = await application_for(tx, actor=actor, application_id=application_id)
        desk = not is_applicant(actor, application)
        return list((await files_of(tx, application_id=application_id, desk=desk)).values())


@get("/applications/{application_id:uuid}/files/{file_id:uuid}", operation_id="getFile", **READ)
async def get_file(
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[bytes]:
    """The file itself, for those who may read the application."""
    async with statement(db) as tx:
        return served(await content_for(tx, actor=actor, application_id=application_id, file_id=file_id))


@delete("/applications/{application_id:uuid}/files/{file_id:uuid}", operation_id="removeFile", **WRITE)
async def delete_file(
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    """Take a file back out before it is handed in."""
    await attempt(db, lambda tx: remove_file(tx, actor=actor, application_id=application_id, file_id=file_id, now=now))


handlers: list[ControllerRouterHandler] = [put_file, get_files, get_file, delete_file]
