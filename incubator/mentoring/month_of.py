"""The meetings of a mentor's month, for the mentor and the coordinator of their gmina."""

from datetime import date, datetime

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.period import local_midnight
from incubator.mentoring.reach import NoSuchMentor, reaches
from incubator.mentoring.timesheet import Met, Timesheet, timesheet
from incubator.people.actor import Actor

# By where the mentor is now, not by where each meeting was: a mentor has one gmina.
MENTOR = """
SELECT mentor.id, mentor.slug, mentor.name, account_id, gmina_id, gmina.name AS gmina
FROM mentor JOIN gmina ON gmina.id = gmina_id WHERE mentor.slug = $1
"""
MET = """
SELECT meeting.id, lower(period) AS start, upper(period) AS end, state, locked_at IS NOT NULL AS locked,
    coalesce(meeting.organisation_id, meeting.account_id) AS holder_id, coalesce(organisation.name, account.name) AS who,
    coalesce(topic.name_pl, '') AS topic_pl, coalesce(topic.name_en, '') AS topic_en,
    minutes, (extract(epoch FROM upper(period) - lower(period)) / 60)::int AS planned,
    mentor_contract.number AS contract, coalesce(rate_minor, 0) AS rate_minor
FROM meeting JOIN account ON account.id = meeting.account_id
LEFT JOIN organisation ON organisation.id = organisation_id
LEFT JOIN topic ON topic.slug = topic_slug
LEFT JOIN mentor_contract ON mentor_contract.id = contract_id
WHERE meeting.mentor_id = $1 AND lower(period) >= $2 AND lower(period) < $3 AND state <> 'cancelled'
    AND (upper(period) <= $4 OR locked_at IS NOT NULL)
"""


async def timesheet_of(tx: Tx, *, actor: Actor, slug: str, month: date, now: datetime) -> Timesheet:
    """`month` is its first day; a meeting is of the month in which it begins in Warsaw. Somebody else's
    is not told to be there. Raises NoSuchMentor."""
    row = await tx.fetchrow(MENTOR, slug)
    if row is None or not reaches(actor, account_id=row["account_id"], gmina_id=row["gmina_id"]):
        raise NoSuchMentor()
    met = [_met(one) for one in await tx.fetch(MET, row["id"], *_bounds(month), now)]
    return timesheet(slug=row["slug"], name=row["name"], gmina=row["gmina"], month=month, met=met)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _bounds(month: date) -> tuple[datetime, datetime]:
    return local_midnight(month), local_midnight(next_month(month))


def _met(row: asyncpg.Record) -> Met:
    return Met(**dict(row))
