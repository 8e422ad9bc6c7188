"""Puts a calendar kept elsewhere into the demonstration: a mentor who also teaches at a university, and whose timetable
there says busy while a startup expects them. Nothing is called: what it says is what it said when it was read."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, Period, local_moment, monday_of
from incubator.outside.add_calendar import add_calendar
from incubator.outside.address import address_of
from incubator.outside.fetch import Seen
from incubator.outside.look import Looked
from incubator.outside.read_file import Contents, Entry
from incubator.people.actor import actor_by_account

ADDRESS = "https://kalendarz.uczelnia.demo.invalid/plan/tajny-adres.ics"
WEEKS = 12
TEACHING = ((1, 480, 600), (3, 960, 1140))
"""Tuesdays 8–10 and Thursdays 16–19: day of the week from Monday, and minutes of the clock."""
COMING = """
SELECT mentor.id, mentor.account_id, lower(period) AS starts, upper(period) AS ends FROM meeting JOIN mentor ON mentor.id = mentor_id
WHERE meeting.state = 'booked' AND lower(period) > $1 AND mentor.state = 'active' AND mentor.slug <> 'barbara-kompas'
ORDER BY lower(period), meeting.id LIMIT 1
"""
# Its turn never comes.
AT_REST = "UPDATE outside_calendar SET next_fetch_at = NULL WHERE id = $1"


async def read_elsewhere(tx: Tx, *, now: datetime) -> None:
    """Of the mentor whose meeting comes first."""
    row = await tx.fetchrow(COMING, now + timedelta(days=2))
    person = await actor_by_account(tx, account_id=row["account_id"]) if row else None
    if row is None or person is None:
        return
    busy = [*_teaching(now), Period(row["starts"] - timedelta(hours=1), row["ends"] + timedelta(hours=1))]
    contents = Contents(tuple(Entry(one, "") for one in busy if one.start > now), skipped=1)
    made = await add_calendar(
        tx,
        actor=person,
        mentor_id=row["id"],
        name="Uczelnia – plan zajęć",
        address=address_of(ADDRESS),
        looked=Looked(contents, Seen()),
        now=now,
    )
    await tx.execute(AT_REST, made.id)


def _teaching(now: datetime) -> list[Period]:
    monday = monday_of(now.astimezone(WARSAW).date())
    days = [
        (monday + timedelta(days=7 * week + day), opens, closes)
        for week in range(WEEKS)
        for day, opens, closes in TEACHING
    ]
    return [Period(local_moment(day, opens), local_moment(day, closes)) for day, opens, closes in days]
