"""The coordinator's mentors: the list with budgets, somebody new, the policy of the gmina."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.period import WARSAW
from incubator.mentoring.add_mentor import add_mentor
from incubator.mentoring.contracts import policies
from incubator.mentoring.details import PolicyLimits
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.pages.figures import as_hours, minutes_typed
from incubator.mentoring.pages.mentor_page import shown
from incubator.mentoring.profiles import mentors_at_desk
from incubator.mentoring.set_policy import set_policy
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, typed_in
from incubator.people.guards import coordinator
from incubator.web.bodies import Body, Line

ADDRESS = "/desk/mentors"


class NewMentorForm(Body, frozen=True):
    gmina_id: UUID
    email: Line
    name: Line


class GminaForm(Body, frozen=True):
    gmina_id: UUID


@get(ADDRESS, guards=[coordinator])
async def show_mentors(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[str]:
    return await _show(request, db, actor, now)


@post(ADDRESS, guards=[coordinator], status_code=303)
async def change_mentors(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, db, actor, now, typed, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=ADDRESS, again=again)


async def _show(
    request: Ask,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        gminas = await policies(tx, gmina_ids=None if actor.is_administrator else list(actor.coordinates))
        own = [gmina.gmina_id for gmina in gminas]
        mentors = await mentors_at_desk(tx, gmina_ids=own, today=now.astimezone(WARSAW).date())
    return shown(
        request,
        "desk_mentors.html",
        typed=typed,
        refusal=refusal,
        gminas=gminas,
        mentors=mentors,
        as_hours=as_hours,
    )


async def _add(asked: Asked) -> MentorView:
    form = asked.typed.shaped(NewMentorForm)
    return await add_mentor(
        asked.tx, actor=asked.actor, gmina_id=form.gmina_id, email=form.email, name=form.name, now=asked.now
    )


async def _set_policy(asked: Asked) -> None:
    typed = asked.typed
    limits = PolicyLimits(
        organisation_minutes=minutes_typed(typed, "organisation_hours"),
        person_minutes=minutes_typed(typed, "person_hours"),
    )
    key = typed.shaped(GminaForm).gmina_id
    await set_policy(asked.tx, actor=asked.actor, gmina_id=key, limits=limits, seen=typed.seen, now=asked.now)


DEEDS: dict[str, Deed] = {
    "add": Deed(
        _add,
        N_("The mentor is added and has a mail that says how to sign in."),
        to=lambda made: f"/desk/mentors/{made.slug}",
    ),
    "policy": Deed(_set_policy, N_("The limits are saved. They count for meetings booked from now on.")),
}

handlers: list[ControllerRouterHandler] = [show_mentors, change_mentors]
