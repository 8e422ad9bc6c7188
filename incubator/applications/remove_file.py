"""Take a file back out of an application that was not handed in yet."""

from datetime import datetime
from uuid import UUID

from incubator.applications.attach_file import GIVE_WAY
from incubator.applications.editable import application_to_edit
from incubator.applications.files import NoSuchFile
from incubator.db.engine import Tx
from incubator.people.actor import Actor

FORGET = """
UPDATE application SET answers = answers - $2::uuid::text, changed_at = $3, version = version + 1 WHERE id = $1
"""


async def remove_file(tx: Tx, *, actor: Actor, application_id: UUID, file_id: UUID, now: datetime) -> None:
    """Its question is unanswered again; what was handed in before is kept beside. Raises
    NoSuchApplication, HandedIn, NoSuchFile."""
    application, _ = await application_to_edit(tx, actor=actor, application_id=application_id)
    question = next((key for key, value in application.answers.items() if value == str(file_id)), None)
    if question is None:
        raise NoSuchFile()
    await tx.execute(FORGET, application_id, UUID(question), now)
    await tx.execute(GIVE_WAY, application_id, UUID(question))
