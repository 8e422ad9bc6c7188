"""Save an application as far as it is: whatever was typed is kept, whether it fits or not."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from incubator.applications.call_views import CallView
from incubator.applications.details import Draft
from incubator.applications.editable import application_to_edit
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.queries import application_by_id
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.details import UnknownGmina

SAVE = """
UPDATE application SET title = $2, registered_on = $3, size = $4, gmina_id = $5, pkd = $6, answers = $7::text::jsonb,
    changed_at = $8, version = version + 1
WHERE id = $1
"""


async def save_draft(
    tx: Tx, *, actor: Actor, application_id: UUID, draft: Draft, seen: int | None = None, now: datetime
) -> ApplicationView:
    """All of it anew, but for the files, which are sent by themselves. Possible after the closing too, so
    that nothing typed is lost; handing in is not. No history: a draft is nobody else's business.

    Raises NoSuchApplication, HandedIn, ChangedMeanwhile, NoSuchQuestion, UnknownGmina."""
    application, call = await application_to_edit(tx, actor=actor, application_id=application_id, seen=seen)
    facts = draft.facts
    if facts.gmina_id is not None and not await tx.fetchval("SELECT true FROM gmina WHERE id = $1", facts.gmina_id):
        raise UnknownGmina()
    answers = kept(call, application.answers, draft)
    await tx.execute(
        SAVE,
        application_id,
        draft.title.strip(),
        facts.registered_on,
        facts.size,
        facts.gmina_id,
        facts.pkd,
        msgspec.json.encode(answers).decode(),
        now,
    )
    return await application_by_id(tx, application_id=application_id)


def kept(call: CallView, before: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """The answers to keep: as typed, and the files that are there. Raises NoSuchQuestion."""
    files = {str(one.id) for one in call.questions if one.kind == "file"}
    known = {str(one.id) for one in call.questions}
    typed = {str(key): value for key, value in draft.answers.items() if value not in (None, "", [])}
    if not typed.keys() <= known:
        raise NoSuchQuestion()
    return {
        **{key: value for key, value in typed.items() if key not in files},
        **{key: value for key, value in before.items() if key in files},
    }
