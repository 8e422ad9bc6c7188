"""A mentor's own page to change: profile, portrait, rules of meetings; the contracts to look at. For the
mentor and the coordinator of their gmina."""

from incubator.db.engine import Tx
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.pages.deeds_mentor import EDIT
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.pages.mentor_page import mentor_in, told
from incubator.mentoring.topics import topics
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit

LENGTHS = (15, 20, 30, 45, 60, 75, 90, 120)


async def _shown(tx: Tx, visit: Visit, found: MentorPrivately) -> Shown:
    mentor = found.profile
    return told(
        visit,
        "edit.html",
        mentor=mentor,
        private=found,
        topics=await topics(tx),
        chosen=[one.slug for one in mentor.topics],
        lengths=sorted({*LENGTHS, *mentor.rules.lengths}),
    )


handlers = Screen(
    name="edit",
    path="/mentors/{slug:str}/edit",
    guard=signed_in,
    about=mentor_in,
    shows=_shown,
    deeds=EDIT,
    labels=labels_in,
).handlers
