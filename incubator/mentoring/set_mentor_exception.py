"""Say that a mentor can be met at other times on one day, or not at all."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.mentoring.hours_rules import Hours
from incubator.mentoring.hours_where import must_fit
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor
from incubator.places.set_exception import LATEST, DayIsOver

DROP = "DELETE FROM mentor_exception WHERE mentor_id = $1 AND day = $2"
PUT = """
INSERT INTO mentor_exception (mentor_id, day, opens, closes, incubator_id, online, audience, programme_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
CLOSED = "INSERT INTO mentor_exception (mentor_id, day, online, audience) VALUES ($1, $2, false, 'everyone')"


async def set_mentor_exception(
    tx: Tx,
    *,
    actor: Actor,
    mentor_id: UUID,
    day: date,
    hours: Sequence[Hours] = (),
    seen: int | None = None,
    now: datetime,
) -> None:
    """On `day` these hours count (their weekday is 0), public holiday or not; none means not at all.
    What was said of the day before is replaced. Meetings booked before stand.

    Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile, DayIsOver, and what `checked` raises.
    """
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    if not now.astimezone(WARSAW).date() <= day <= LATEST:
        raise DayIsOver(day)
    fit = await must_fit(tx, actor=actor, mentor=row, hours=list(hours))
    await tx.execute(DROP, mentor_id, day)
    for one in fit:
        place = (one.incubator_id, one.online, one.audience, one.programme_id)
        await tx.execute(PUT, mentor_id, day, one.opens, one.closes, *place)
    if not fit:
        await tx.execute(CLOSED, mentor_id, day)
    after = {"day": day, "hours": [str(one.stretch) for one in fit]}
    change = Change(verb="set_mentor_exception", about=N_("the hours of one day"), after=after)
    await touched(tx, actor=actor, row=row, change=change, now=now)
