"""What a scorer reads of an application. In an anonymous call: its code and the answers that do not
reveal who applied; no name, no NIP, no name of a file."""

from mimetypes import guess_extension
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.applications.files import Content
from incubator.assessment.queries import criteria_of
from incubator.assessment.queries_sheets import other_sheets, own_sheet
from incubator.assessment.tasks import task_to_read
from incubator.assessment.views import AnswerView, ReadingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor


class NoSuchApplicationFile(NotFound):
    """None, or not the asker's to read."""

    code = "no_such_scored_file"
    sentence = N_("There is no such file.")


# $1 application. What reveals who applied is left out of an anonymous call, a NIP in any case.
SHOWN = "NOT (call.anonymous AND (question.reveals_identity OR question.kind = 'nip'))"
WHO = """
SELECT application.answers::text AS answers, call.anonymous,
    CASE WHEN call.anonymous THEN '' ELSE coalesce(organisation.name, account.name) END AS applicant
FROM application JOIN call ON call.edition_id = application.edition_id
JOIN account ON account.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id WHERE application.id = $1
"""
QUESTIONS = f"""
SELECT question.id, question.kind, label_pl, label_en, options::text AS options
FROM application JOIN call ON call.edition_id = application.edition_id
JOIN question ON question.edition_id = call.edition_id
WHERE application.id = $1 AND {SHOWN} ORDER BY question.position
"""
# Those that the answers name: one that was replaced is no longer part of the application.
FILES = f"""
SELECT application_file.id, question_id, application_file.name, media_type, application_file.size, code, call.anonymous,
    row_number() OVER (ORDER BY question.position, application_file.id) AS turn
FROM application_file JOIN application ON application.id = application_id
JOIN call ON call.edition_id = application.edition_id JOIN question ON question.id = question_id
WHERE application_id = $1 AND {SHOWN} AND application.answers ->> question_id::text = application_file.id::text
"""


async def reading_for(tx: Tx, *, actor: Actor, application_id: UUID) -> ReadingView:
    """Raises NoSuchApplication, OwnApplication, ScorerConflicted, DeclareFirst."""
    task = await task_to_read(tx, actor=actor, application_id=application_id)
    who = await tx.fetchrow(WHO, application_id)
    assert who is not None
    given = msgspec.json.decode(who["answers"], type=dict[UUID, Any])
    files: dict[UUID, list[tuple[UUID, str, int]]] = {}
    for row in await tx.fetch(FILES, application_id):
        files.setdefault(row["question_id"], []).append((row["id"], _file_name(row), row["size"]))
    return ReadingView(
        task=task,
        applicant=who["applicant"],
        answers=[
            _answer(row, given.get(row["id"]), files.get(row["id"], []))
            for row in await tx.fetch(QUESTIONS, application_id)
        ],
        criteria=await criteria_of(tx, edition_id=task.edition_id),
        sheet=await own_sheet(tx, actor=actor, application_id=application_id),
        others=await other_sheets(tx, actor=actor, application_id=application_id),
    )


async def scored_file(tx: Tx, *, actor: Actor, application_id: UUID, file_id: UUID) -> Content:
    """A file of what the scorer may read. Raises what `reading_for` raises, NoSuchApplicationFile."""
    await task_to_read(tx, actor=actor, application_id=application_id)
    row = await tx.fetchrow(f"SELECT * FROM ({FILES}) AS file WHERE id = $2", application_id, file_id)
    if row is None:
        raise NoSuchApplicationFile()
    content = await tx.fetchval("SELECT content FROM application_file WHERE id = $1", file_id)
    return Content(name=_file_name(row), media_type=row["media_type"], content=content)


def _file_name(row: asyncpg.Record) -> str:
    """In an anonymous call the code and a number stand for the name that the applicant gave it."""
    if not row["anonymous"]:
        return str(row["name"])
    return f"{row['code']}-{row['turn']}{guess_extension(row['media_type']) or ''}"


def _answer(question: asyncpg.Record, value: Any, files: list[tuple[UUID, str, int]]) -> AnswerView:
    value = None if question["kind"] == "file" else value
    options = msgspec.json.decode(question["options"]) if question["options"] else []
    named = {one["value"]: one for one in options}
    chosen = [named.get(one, {"pl": str(one)}) for one in (value if isinstance(value, list) else [value])]
    pl, en = (
        ", ".join(str(one.get(side) or one["pl"]) for one in chosen if value not in (None, "")) for side in ("pl", "en")
    )
    return AnswerView(
        label_pl=question["label_pl"],
        label_en=question["label_en"],
        kind=question["kind"],
        text_pl="true" if value is True else pl,
        text_en="true" if value is True else en,
        files=files,
    )
