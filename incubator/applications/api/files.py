"""Files that answer questions: send, list, fetch, take back."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, put
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
from incubator.db.engine import statement
from incubator.people.visit import Visit


@put(
    "/applications/{application_id:uuid}/answers/{question_id:uuid}/file",
    operation_id="attachFile",
    request_max_body_size=LARGEST + 1024,
    **WRITE,
)
async def put_file(
    visit: NamedDependency[Visit],
    application_id: FromPath[UUID],
    question_id: FromPath[UUID],
    name: Annotated[str, QueryParameter(max_length=300)] = "",
) -> FileView:
    """Answer a question with a file: the body is the file as it is, up to 10 MB. What it is is read from
    its content; the file that was there gives way."""
    content = await visit.request.body()
    return await visit.do(
        attach_file, application_id=application_id, question_id=question_id, name=name, content=content
    )


@get("/applications/{application_id:uuid}/files", operation_id="listFiles", **READ)
async def get_files(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> list[FileView]:
    """Every file of an application, those too that a supplementation replaced."""
    async with statement(visit.db) as tx:
        application = await application_for(tx, actor=visit.actor, application_id=application_id)
        desk = not is_applicant(visit.actor, application)
        return list((await files_of(tx, application_id=application_id, desk=desk)).values())


@get("/applications/{application_id:uuid}/files/{file_id:uuid}", operation_id="getFile", **READ)
async def get_file(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Response[bytes]:
    """The file itself, for those who may read the application."""
    async with statement(visit.db) as tx:
        return served(await content_for(tx, actor=visit.actor, application_id=application_id, file_id=file_id))


@delete("/applications/{application_id:uuid}/files/{file_id:uuid}", operation_id="removeFile", **WRITE)
async def delete_file(visit: NamedDependency[Visit], application_id: FromPath[UUID], file_id: FromPath[UUID]) -> None:
    """Take a file back out before it is handed in."""
    await visit.do(remove_file, application_id=application_id, file_id=file_id)


handlers: list[ControllerRouterHandler] = [put_file, get_files, get_file, delete_file]
