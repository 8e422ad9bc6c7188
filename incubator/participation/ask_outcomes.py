"""Ask what became of those who took part: when it is due, and twice more where nobody answers."""

from datetime import datetime, timedelta

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.ids import digest, new_secret
from incubator.participation.queries import participation_by_id, today
from incubator.participation.tell import tell

PATIENCE = timedelta(days=14)
MOST = 200
"""At a turn of the job; the rest comes with the next."""
# A survey a year late tells nothing; who left the house is not asked.
DUE = """
SELECT outcome_survey.id, participation_id, stage, sent_at, reminders FROM outcome_survey
WHERE answered_at IS NULL AND due_on <= $1 AND due_on > $1 - 180
    AND (sent_at IS NULL OR reminders < 2 AND coalesce(reminded_at, sent_at) <= $2)
ORDER BY due_on, id LIMIT $3 FOR UPDATE SKIP LOCKED
"""
SENT = """
UPDATE outcome_survey SET sent_at = coalesce(sent_at, $2),
    reminders = reminders + CASE WHEN sent_at IS NULL THEN 0 ELSE 1 END,
    reminded_at = CASE WHEN sent_at IS NULL THEN NULL ELSE $2 END
WHERE id = $1
"""
# Only its hash is kept, so each mail has a secret of its own; that of the mail before works on.
LINK = "INSERT INTO outcome_link (token_hash, survey_id, sent_at) VALUES ($1, $2, $3)"


async def ask_outcomes(tx: Tx, *, now: datetime) -> int:
    """How many were asked. Sent once and reminded twice at most, two weeks apart."""
    rows = await tx.fetch(DUE, today(now), now - PATIENCE, MOST)
    for row in rows:
        await _ask(tx, row, now)
    return len(rows)


async def _ask(tx: Tx, row: asyncpg.Record, now: datetime) -> None:
    secret = new_secret()
    await tx.execute(SENT, row["id"], now)
    await tx.execute(LINK, digest(secret), row["id"], now)
    participation = await participation_by_id(tx, participation_id=row["participation_id"])
    await tell(
        tx,
        participation=participation,
        what="survey",
        now=now,
        secret=secret,
        stage=row["stage"],
        again=row["sent_at"] is not None,
    )
