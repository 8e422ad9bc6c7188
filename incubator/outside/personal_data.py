"""Calendars that a person had added: in their own export, and at their erasure."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.outside.remove_calendar import take_out
from incubator.people.actor import Actor
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# An address is a secret, so all that is told of one is its server.
PERSONAL: tuple[tuple[str, Query], ...] = (
    (
        "outside_calendars",
        query(
            "SELECT outside_calendar.name, substring(address FROM '^[a-z]+://[^/]+') AS server,"
            " outside_calendar.created_at, fetched_at, problem, mentor.slug AS mentor, space.name_pl AS space,"
            " (SELECT count(*) FROM outside_busy WHERE calendar_id = outside_calendar.id) AS busy_times"
            " FROM outside_calendar LEFT JOIN mentor ON mentor.id = mentor_id LEFT JOIN space ON space.id = space_id"
            " WHERE mentor.account_id = $1 OR added_by = $1 ORDER BY outside_calendar.created_at"
        ),
    ),
    (
        "outside_busy_times",
        query(
            'SELECT outside_calendar.name AS calendar, lower(during) AS "start", upper(during) AS "end" FROM outside_busy'
            " JOIN outside_calendar ON outside_calendar.id = calendar_id JOIN mentor ON mentor.id = mentor_id"
            " WHERE mentor.account_id = $1 ORDER BY lower(during), calendar_id"
        ),
    ),
)
"""Sections of the export, in order."""

OWN = """
SELECT outside_calendar.id FROM outside_calendar JOIN mentor ON mentor.id = mentor_id
WHERE mentor.account_id = $1 ORDER BY outside_calendar.id FOR UPDATE OF outside_calendar
"""


async def forget_calendars(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """The person's as a mentor. Those that they added to a space are the gmina's."""
    for row in await tx.fetch(OWN, actor.account_id):
        await take_out(tx, calendar_id=row["id"], now=now)
