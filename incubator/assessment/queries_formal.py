"""The queue of the formal check, for who runs the edition."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.assessment.views import CheckView, FormalView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run

# What waits for a check comes first, then what waits for its applicant, then what was checked.
QUEUE = """
SELECT application.id AS application_id, code, number,
    CASE WHEN application.state = 'supplementing' THEN coalesce(
        (SELECT facts ->> 'title' FROM submission WHERE submission.application_id = application.id
            ORDER BY round DESC LIMIT 1), title
    ) ELSE title END AS title, coalesce(organisation.name, account.name) AS applicant,
    application.state, supplement_until, application.version
FROM application JOIN account ON account.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
WHERE edition_id = $1 AND number IS NOT NULL AND (application.state <> 'withdrawn')
ORDER BY CASE application.state WHEN 'submitted' THEN 0 WHEN 'supplementing' THEN 1 ELSE 2 END, number
"""
CHECKS = """
SELECT application_id, round, result, items::text AS items, note, account.name AS checked_by, checked_at
FROM formal_check JOIN account ON account.id = formal_check.checked_by
WHERE application_id = ANY($1::uuid[]) ORDER BY round
"""


async def formal_queue(tx: Tx, *, actor: Actor, edition_id: UUID, now: datetime) -> list[FormalView]:
    """What was handed in, with the rounds of its formal check. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(QUEUE, edition_id)
    checks = await checks_of(tx, application_ids=[row["application_id"] for row in rows])
    return [_formal(row, checks.get(row["application_id"], []), now) for row in rows]


async def checks_of(tx: Tx, *, application_ids: list[UUID]) -> dict[UUID, list[CheckView]]:
    """The rounds of the formal check of each application that has any."""
    found: dict[UUID, list[CheckView]] = {}
    for row in await tx.fetch(CHECKS, application_ids):
        items = msgspec.json.decode(row["items"], type=dict[UUID, bool])
        given = {name: row[name] for name in ("round", "result", "note", "checked_by", "checked_at")}
        met, unmet = [[key for key, on in items.items() if on is wanted] for wanted in (True, False)]
        found.setdefault(row["application_id"], []).append(CheckView(**given, met=met, unmet=unmet))
    return found


def _formal(row: asyncpg.Record, checks: list[CheckView], now: datetime) -> FormalView:
    until = row["supplement_until"]
    overdue = row["state"] == "supplementing" and until is not None and until <= now
    return FormalView(**row, round=len(checks), overdue=overdue, checks=checks)
