"""A mentor's calendars kept elsewhere, for themself and the coordinator of their gmina."""

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.profiles import mentor_privately
from incubator.outside.pages.of_one import OfOne
from incubator.people.guards import signed_in
from incubator.people.visit import Visit


async def _mentor(tx: Tx, visit: Visit) -> MentorPrivately:
    """Raises NoSuchMentor, NotYours."""
    return await mentor_privately(tx, actor=visit.actor, slug=visit.slug, today=visit.now.astimezone(WARSAW).date())


handlers = OfOne(
    name="mentor_calendars",
    path="/mentors/{slug:str}/calendars",
    guard=signed_in,
    about=_mentor,
    whose="mentor_id",
    key=lambda mentor: mentor.profile.id,
    template="outside/of_mentor.html",
    value=lambda mentor: mentor.profile,
).handlers
