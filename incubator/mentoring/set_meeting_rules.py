"""Say how long meetings with a mentor last, and how far ahead they are booked."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.details import MeetingRules
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.profiles import mentor_by_slug
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor
from incubator.places.details import differences, picked
from incubator.places.rules import check_ahead

SET = """
UPDATE mentor SET lengths = $2, grid_minutes = $3, break_minutes = $4, lead_minutes = $5, horizon_days = $6,
    cancel_minutes = $7
WHERE id = $1
"""


async def set_meeting_rules(
    tx: Tx, *, actor: Actor, mentor_id: UUID, rules: MeetingRules, seen: int | None = None, now: datetime
) -> MentorView:
    """The rules count from now on; meetings booked before them stand. Raises NoSuchMentor, NotYours,
    MentorRetired, ChangedMeanwhile, NeverBookable."""
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    check_ahead(lead_minutes=rules.lead_minutes, horizon_days=rules.horizon_days)
    rules = msgspec.structs.replace(rules, lengths=sorted(set(rules.lengths)))
    await tx.execute(SET, mentor_id, *msgspec.structs.astuple(rules))
    before, after = differences(picked(row, MeetingRules), rules)
    change = Change(verb="set_meeting_rules", about=N_("the rules of meetings"), before=before, after=after)
    await touched(tx, actor=actor, row=row, change=change, now=now)
    return await mentor_by_slug(tx, slug=row["slug"])
