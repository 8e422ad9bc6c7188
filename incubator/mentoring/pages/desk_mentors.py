"""The coordinator's mentors: the list with budgets, somebody new, the policy of the gmina."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.mentoring.add_mentor import add_mentor
from incubator.mentoring.contracts import policies
from incubator.mentoring.details import PolicyLimits
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.pages.figures import as_hours, minutes_typed
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.pages.mentor_page import told
from incubator.mentoring.profiles import mentors_at_desk
from incubator.mentoring.set_policy import set_policy
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Line


class NewMentorForm(Body, frozen=True):
    gmina_id: UUID
    email: Line
    name: Line


class GminaForm(Body, frozen=True):
    gmina_id: UUID


async def _shown(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    actor, today = visit.actor, visit.now.astimezone(WARSAW).date()
    gminas = await policies(tx, gmina_ids=None if actor.is_administrator else list(actor.coordinates))
    mentors = await mentors_at_desk(tx, gmina_ids=[gmina.gmina_id for gmina in gminas], today=today)
    return told(visit, "desk_mentors.html", gminas=gminas, mentors=mentors, as_hours=as_hours)


async def _add(asked: Asked) -> MentorView:
    form = asked.typed.shaped(NewMentorForm)
    return await asked.do(add_mentor, gmina_id=form.gmina_id, email=form.email, name=form.name)


async def _set_policy(asked: Asked) -> None:
    typed = asked.typed
    limits = PolicyLimits(
        organisation_minutes=minutes_typed(typed, "organisation_hours"),
        person_minutes=minutes_typed(typed, "person_hours"),
    )
    key = typed.shaped(GminaForm).gmina_id
    await asked.do(set_policy, gmina_id=key, limits=limits, seen=typed.seen)


DEEDS: dict[str, Deed] = {
    "add": Deed(
        _add,
        N_("The mentor is added and has a mail that says how to sign in."),
        to=lambda made: f"/desk/mentors/{made.slug}",
    ),
    "policy": Deed(_set_policy, N_("The limits are saved. They count for meetings booked from now on.")),
}

handlers = Screen(
    name="mentors",
    path="/desk/mentors",
    guard=coordinator,
    about=nothing,
    shows=_shown,
    deeds=DEEDS,
    labels=labels_in,
).handlers
