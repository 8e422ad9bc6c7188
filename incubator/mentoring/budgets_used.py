"""What the startups of a gmina have drawn of its mentors' time, for the coordinator."""

from dataclasses import dataclass
from datetime import date, datetime

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.mentoring.clock import month_of
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUsed:
    """One holder's month: minutes of meetings in it, and of those what the month's limit and what credits paid.
    `most` is the limit; none where it is empty."""

    name: str
    month: date
    booked: int
    of_month: int
    of_credits: int
    most: int | None


USED = """
SELECT coalesce(organisation.name, account.name) AS name, sum(drawn_minutes)::int AS booked,
    coalesce(sum(drawn_minutes) FILTER (WHERE draws_policy), 0)::int AS of_month,
    coalesce(sum(drawn_minutes) FILTER (WHERE credit_id IS NOT NULL), 0)::int AS of_credits,
    max(CASE WHEN meeting.organisation_id IS NULL THEN person_minutes ELSE organisation_minutes END) AS most
FROM meeting JOIN account ON account.id = meeting.account_id
LEFT JOIN organisation ON organisation.id = meeting.organisation_id
LEFT JOIN mentoring_policy ON mentoring_policy.gmina_id = meeting.gmina_id
WHERE (meeting.gmina_id = ANY($1::uuid[]) OR $2) AND state <> 'cancelled'
    AND NOT (state = 'missed_by_mentor' AND locked_at IS NOT NULL)
    AND lower(period) >= $3::date::timestamp AT TIME ZONE 'Europe/Warsaw'
    AND lower(period) < ($3::date + interval '1 month') AT TIME ZONE 'Europe/Warsaw'
GROUP BY coalesce(meeting.organisation_id, meeting.account_id), 1, meeting.gmina_id ORDER BY booked DESC, name LIMIT 200
"""


async def budgets_used(tx: Tx, *, actor: Actor, now: datetime) -> list[BudgetUsed]:
    """This month (Warsaw), of the gminas that one coordinates; most first."""
    month = month_of(now.astimezone(WARSAW))
    rows = await tx.fetch(USED, list(actor.coordinates), actor.is_administrator, month)
    return [BudgetUsed(**row, month=month) for row in rows]
