"""What was handed in, as it was: round 0, and round 1 after a supplementation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionView:
    """One handing in, by whom and when: `turn` 0, or 1 after a supplementation. `facts` are the title and what
    eligibility looked at, `answers` by the question's identifier."""

    turn: int
    at: datetime
    by_name: str
    facts: dict[str, Any]
    answers: dict[str, Any]
    terms_version: int | None


VIEW = """
SELECT round AS turn, at, account.name AS by_name, facts::text AS facts, answers::text AS answers, terms_version
FROM submission JOIN account ON account.id = by WHERE application_id = $1 ORDER BY round
"""


async def submissions_of(tx: Tx, *, application_id: UUID) -> list[SubmissionView]:
    """Oldest first. Who may read the application is the caller's to ask."""
    rows = await tx.fetch(VIEW, application_id)
    told = ("facts", "answers")
    return [SubmissionView(**{**row, **{name: msgspec.json.decode(row[name]) for name in told}}) for row in rows]
