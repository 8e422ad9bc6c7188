"""When a mentor can be met: the usual week, and days that are not as usual."""

from incubator.db.engine import Tx
from incubator.mentoring.hours_where import choices_for
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.pages.deeds_mentor import HOURS
from incubator.mentoring.pages.hour_fields import FormRow, rows_kept, rows_typed
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.pages.mentor_page import mentor_in, told
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _shown(tx: Tx, visit: Visit, found: MentorPrivately) -> Shown:
    choices = await choices_for(tx, actor=visit.actor, mentor_id=found.profile.id)
    week, days = visit.again("week"), visit.again("exception")
    return told(
        visit,
        "hours.html",
        mentor=found.profile,
        private=found,
        places=choices.places,
        programmes=choices.programmes,
        week=rows_typed(week) if week else rows_kept(found.profile.week),
        days=rows_typed(days) if days else [FormRow(), FormRow()],
    )


handlers = Screen(
    name="mentor_hours",
    path="/mentors/{slug:str}/hours",
    guard=signed_in,
    about=mentor_in,
    shows=_shown,
    deeds=HOURS,
    labels=labels_in,
).handlers
