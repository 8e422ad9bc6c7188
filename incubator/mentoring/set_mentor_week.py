"""Set the hours of the week in which a mentor can be met."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.hours_rules import Hours
from incubator.mentoring.hours_where import must_fit
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.profiles import mentor_by_slug, week_of
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor

DROP = "DELETE FROM mentor_hours WHERE mentor_id = $1"
PUT = """
INSERT INTO mentor_hours (mentor_id, weekday, opens, closes, incubator_id, online, audience, programme_id)
SELECT $1, given.* FROM unnest($2::int[], $3::int[], $4::int[], $5::uuid[], $6::bool[], $7::text[], $8::uuid[]) AS given
"""


async def set_mentor_week(
    tx: Tx, *, actor: Actor, mentor_id: UUID, week: Sequence[Hours], seen: int | None = None, now: datetime
) -> MentorView:
    """The whole week anew; none means that the mentor cannot be met but on days with hours of their
    own. Meetings booked before stand.

    Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile, and what `checked` raises.
    """
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    hours = await must_fit(tx, actor=actor, mentor=row, hours=list(week))
    before = await week_of(tx, mentor_id=mentor_id)
    await tx.execute(DROP, mentor_id)
    await tx.execute(
        PUT,
        mentor_id,
        [one.weekday for one in hours],
        [one.opens for one in hours],
        [one.closes for one in hours],
        [one.incubator_id for one in hours],
        [one.online for one in hours],
        [one.audience for one in hours],
        [one.programme_id for one in hours],
    )
    after = await week_of(tx, mentor_id=mentor_id)
    change = Change(verb="set_mentor_week", about=N_("the weekly hours"), before=before, after=after)
    await touched(tx, actor=actor, row=row, change=change, now=now)
    return await mentor_by_slug(tx, slug=row["slug"])
