"""Who would like to be reminded now, of what is to come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.addressee import Addressee
from incubator.people.notices import UNSAID, About

MOST = 300

MINUTES = """CASE {chosen} WHEN 'hour' THEN ARRAY[60] WHEN 'day' THEN ARRAY[1440] WHEN 'both' THEN ARRAY[60, 1440]
    ELSE ARRAY[]::int[] END"""
"""How long before, of a choice."""
# The nearer one alone, where two are due after the worker was away.
NOT_YET = """NOT EXISTS (
    SELECT FROM reminded WHERE reminded.subject_id = wanted.subject_id AND reminded.recipient = wanted.email
        AND reminded.starts = wanted.starts AND reminded.minutes <= wanted.minutes
)"""
BELONGS = (
    "EXISTS (SELECT FROM membership WHERE organisation_id = coming.organisation_id AND account_id = coming.account_id)"
)
# What one has learnt of since is no news.
DUE = f"""
WITH coming AS ({{coming}}), wanted AS (
    SELECT coming.subject_id, coming.starts, minutes, account.email, account.name, account.locale, account.id AS account_id
    FROM coming CROSS JOIN LATERAL (
        SELECT coming.account_id WHERE coming.organisation_id IS NULL OR {BELONGS}
        UNION ALL
        SELECT owner.account_id FROM membership AS owner
        WHERE owner.organisation_id = coming.organisation_id AND owner.role = 'owner' AND NOT {BELONGS}
    ) AS reader
    JOIN account ON account.id = reader.account_id AND account.email IS NOT NULL
    LEFT JOIN notice_choice AS choice ON choice.account_id = account.id AND choice.about = $2
    CROSS JOIN LATERAL unnest({MINUTES.format(chosen="coalesce(choice.reminders, $3)")}) AS minutes
    WHERE coming.starts <= $1::timestamptz + minutes * interval '1 minute'
        AND coming.known_at < coming.starts - minutes * interval '1 minute'
)
SELECT DISTINCT ON (subject_id, email) * FROM wanted WHERE {NOT_YET} ORDER BY subject_id, email, minutes LIMIT {MOST}
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder for somebody, so many `minutes` before it `starts`."""

    subject_id: UUID
    to: Addressee
    minutes: int
    starts: datetime


async def reminders_due(tx: Tx, *, about: About, coming: str, now: datetime) -> list[Due]:
    """Those that nobody has posted yet. `coming` is SQL for what begins within a day after $1: `subject_id`, who holds
    it (`account_id`, and for whom: `organisation_id`), when it `starts`, and since when they know (`known_at`)."""
    rows = await tx.fetch(DUE.format(coming=coming), now, about, UNSAID[about])
    return [
        Due(
            row["subject_id"],
            Addressee(row["email"], row["name"], row["locale"], row["account_id"]),
            row["minutes"],
            row["starts"],
        )
        for row in rows
    ]
