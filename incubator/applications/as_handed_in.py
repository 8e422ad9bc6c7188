"""An application as it was handed in last, while its applicant is typing a supplementation.

What is typed is the applicant's own until it is handed in; when it never is, it is no part of the application.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from incubator.applications.rules import Facts
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx

LAST = """
SELECT DISTINCT ON (application_id) application_id, facts::text AS facts, answers::text AS answers FROM submission
WHERE application_id = ANY($1::uuid[]) ORDER BY application_id, round DESC
"""
PUT_BACK = """
UPDATE application SET title = $2, registered_on = $3, size = $4, gmina_id = $5, pkd = $6, answers = $7::text::jsonb
WHERE id = $1
"""
# Files that no submission tells of.
FORGET_FILES = """
DELETE FROM application_file WHERE application_id = $1 AND NOT EXISTS (
    SELECT FROM submission, jsonb_each_text(submission.answers) AS given
    WHERE submission.application_id = $1 AND given.value = application_file.id::text
)
"""


class Kept(msgspec.Struct):
    """What a submission keeps of the facts."""

    title: str
    kind: str
    registered_on: date | None = None
    size: str | None = None
    gmina_id: UUID | None = None
    pkd: str | None = None


async def as_handed_in(tx: Tx, applications: Sequence[ApplicationView]) -> list[ApplicationView]:
    """The same applications, each as who runs the edition may read it."""
    typing = [one.id for one in applications if one.state == State.SUPPLEMENTING]
    rows = await tx.fetch(LAST, typing) if typing else []
    told = {row["application_id"]: (row["facts"], row["answers"]) for row in rows}
    return [_with(one, *told[one.id]) if one.id in told else one for one in applications]


async def put_back(tx: Tx, application: ApplicationView) -> ApplicationView:
    """For good: nothing that was typed since is kept."""
    [kept] = await as_handed_in(tx, [application])
    facts, answers = kept.facts, msgspec.json.encode(kept.answers).decode()
    told = (facts.registered_on, facts.size, facts.gmina_id, facts.pkd)
    await tx.execute(PUT_BACK, application.id, kept.title, *told, answers)
    await tx.execute(FORGET_FILES, application.id)
    return kept


def _with(application: ApplicationView, facts: str, answers: str) -> ApplicationView:
    kept = msgspec.json.decode(facts, type=Kept)
    given: dict[str, Any] = {name: getattr(kept, name) for name in ("kind", "registered_on", "size", "gmina_id", "pkd")}
    return replace(application, title=kept.title, facts=Facts(**given), answers=msgspec.json.decode(answers))
