"""The coordinator's page of one mentor: contracts, pause, the end."""

from incubator.db.engine import Tx
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.pages.deeds_mentor import DESK
from incubator.mentoring.pages.figures import as_hours
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.pages.mentor_page import mentor_at_desk, told
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.amounts import as_typed


async def _shown(_tx: Tx, visit: Visit, found: MentorPrivately) -> Shown:
    return told(visit, "desk_mentor.html", mentor=found.profile, private=found, as_hours=as_hours, as_money=as_typed)


handlers = Screen(
    name="mentor",
    path="/desk/mentors/{slug:str}",
    guard=coordinator,
    about=mentor_at_desk,
    shows=_shown,
    deeds=DESK,
    labels=labels_in,
).handlers
