"""Answer a question with a file; the one before it gives way."""

import hashlib
from datetime import datetime
from uuid import UUID

from incubator.applications.answering import largest_of
from incubator.applications.call_views import QuestionView
from incubator.applications.editable import application_to_edit, file_question
from incubator.applications.files import MEDIA_TYPES, FileNotAllowed, FileView, media_of, plain_name
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid, TooLarge
from incubator.people.actor import Actor

MOST_TOGETHER = 50 * 1024 * 1024
"""As many bytes as all files of an application may have, those included that were handed in before."""


class FileIsEmpty(Invalid):
    code = "file_is_empty"
    sentence = N_("This file is empty.")


class FileTooLarge(TooLarge):
    """Larger than its question allows."""

    code = "file_too_large"
    sentence = N_("This file is too large: here it may have up to {most_kb} kB.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most_kb = most // 1024


class FilesTooLarge(TooLarge):
    """All files of the application together."""

    code = "files_too_large"
    sentence = N_("All files of an application together may have up to {most_mb} MB.")

    def __init__(self) -> None:
        super().__init__()
        self.most_mb = MOST_TOGETHER // 1024**2


# What a submission tells of stays: it was handed in.
GIVE_WAY = """
DELETE FROM application_file WHERE application_id = $1 AND question_id = $2 AND NOT EXISTS (
    SELECT FROM submission WHERE submission.application_id = $1
        AND submission.answers ->> $2::uuid::text = application_file.id::text
)
"""
TOGETHER = "SELECT coalesce(sum(size), 0) FROM application_file WHERE application_id = $1"
ATTACH = """
INSERT INTO application_file (application_id, question_id, name, media_type, size, sha256, content, uploaded_by, uploaded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
ANSWER = """
UPDATE application SET answers = answers || jsonb_build_object($2::uuid::text, $3::uuid::text), changed_at = $4,
    version = version + 1
WHERE id = $1
"""


async def attach_file(
    tx: Tx, *, actor: Actor, application_id: UUID, question_id: UUID, name: str, content: bytes, now: datetime
) -> FileView:
    """The file, kept under a plain name. Raises NoSuchApplication, HandedIn, NoSuchQuestion, FileIsEmpty,
    FileTooLarge, FileNotAllowed, FilesTooLarge."""
    _, call = await application_to_edit(tx, actor=actor, application_id=application_id)
    question = file_question(call, question_id)
    media = must_fit(question, content)
    await tx.execute(GIVE_WAY, application_id, question_id)
    if await tx.fetchval(TOGETHER, application_id) + len(content) > MOST_TOGETHER:
        raise FilesTooLarge()
    kept = plain_name(name, media)
    key = await tx.fetchval(
        ATTACH,
        application_id,
        question_id,
        kept,
        MEDIA_TYPES[media],
        len(content),
        hashlib.sha256(content).digest(),
        content,
        actor.account_id,
        now,
    )
    await tx.execute(ANSWER, application_id, question_id, key, now)
    return FileView(
        id=key,
        question_id=question_id,
        name=kept,
        media_type=MEDIA_TYPES[media],
        size=len(content),
        uploaded_at=now,
    )


def must_fit(question: QuestionView, content: bytes) -> str:
    """What the content is. Raises FileIsEmpty, FileTooLarge, FileNotAllowed."""
    if not content:
        raise FileIsEmpty()
    if len(content) > largest_of(question):
        raise FileTooLarge(largest_of(question))
    media = media_of(content)
    if media is None or media not in question.media:
        raise FileNotAllowed(question.media)
    return media
