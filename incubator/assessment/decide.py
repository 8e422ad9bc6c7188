"""Tell an applicant what was decided, and keep it: the row of `decision` and the mail are one act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.applications.views import ApplicationView
from incubator.assessment.tell import tell_applicant
from incubator.db.engine import Tx

PUT = """
INSERT INTO decision (application_id, outcome, reason, answer_until, decided_by, decided_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""


async def decide(
    tx: Tx,
    *,
    application: ApplicationView,
    outcome: str,
    by: UUID | None,
    now: datetime,
    reason: str = "",
    answer_until: datetime | None = None,
    letter: str = "",
    **view: Any,
) -> None:
    """`outcome` is also the name of the mail, where `letter` names no other. The application is in its new state already."""
    await tx.execute(PUT, application.id, outcome, reason, answer_until, by, now)
    await tell_applicant(
        tx, application=application, what=letter or outcome, now=now, reason=reason, answer_until=answer_until, **view
    )
