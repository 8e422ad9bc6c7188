"""What a person's own export holds of applications."""

from typing import Any
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# $1 account. What was written for an organisation is the person's to see while they belong to it.
THEIRS = """(
    application.account_id = $1 AND application.organisation_id IS NULL OR EXISTS (
        SELECT FROM membership
        WHERE membership.organisation_id = application.organisation_id AND membership.account_id = $1
    )
)"""
WRITTEN = f"""
SELECT application.id, programme.name_pl AS programme, edition.name_pl AS edition, organisation.name AS organisation,
    application.state, application.number, application.title, application.registered_on, application.size,
    gmina.name AS gmina, application.pkd, application.terms_version, application.submitted_at,
    application.supplement_until, application.created_at, application.changed_at,
    (SELECT jsonb_agg(jsonb_build_object('question', question.label_pl, 'answer', answers -> question.id::text)
        ORDER BY question.position)
     FROM question WHERE question.edition_id = application.edition_id AND answers ? question.id::text)::text AS answers
FROM application
JOIN edition ON edition.id = application.edition_id JOIN programme ON programme.id = edition.programme_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
LEFT JOIN gmina ON gmina.id = application.gmina_id
WHERE {THEIRS} ORDER BY application.created_at, application.id
"""
FILES = f"""
SELECT application_file.id, application_id, application_file.name, application_file.size, uploaded_at
FROM application_file JOIN application ON application.id = application_id
WHERE {THEIRS} ORDER BY uploaded_at, application_file.id
"""
# Handed in for an organisation that they have left: that they did it, and when.
DONE = """
SELECT application_id, round, at FROM submission WHERE by = $1 ORDER BY at
"""
LONGER = "SELECT edition_id, until, reason, granted_at FROM call_extension WHERE account_id = $1 ORDER BY granted_at"


async def _written(tx: Tx, account_id: UUID) -> list[dict[str, Any]]:
    rows = [dict(row) for row in await tx.fetch(WRITTEN, account_id)]
    return [{**row, "answers": msgspec.json.decode(row["answers"] or "[]")} for row in rows]


PERSONAL: tuple[tuple[str, Query], ...] = (
    ("applications", _written),
    ("application_files", query(FILES)),
    ("applications_handed_in", query(DONE)),
    ("calls_extended", query(LONGER)),
)
"""Sections of the export, in order. Files themselves are fetched from the pages of the applications."""
