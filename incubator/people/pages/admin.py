"""People and their roles, for the administrator."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.db.engine import statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.api.shapes import after_id, next_of
from incubator.people.grant_role import ROLES, grant_role
from incubator.people.guards import administrator
from incubator.people.people_found import people_found
from incubator.people.queries import gminas
from incubator.people.visit import Visit
from incubator.people.withdraw_role import withdraw_role
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

PAGE = 50


class GrantForm(Body, frozen=True):
    email: str = ""
    role: str = "coordinator"
    gmina_id: UUID | None = None


@get("/admin/people", guards=[administrator])
async def show_people(visit: NamedDependency[Visit]) -> Response[str]:
    return await _people(visit, GrantForm())


@post("/admin/people/roles", guards=[administrator], status_code=303)
async def give(visit: NamedDependency[Visit]) -> Response[Any]:
    """A gmina chosen for a role that has none is let be, as the field is always there."""
    form = await read_form(visit.request, GrantForm)
    gmina_id = form.gmina_id if form.role == "coordinator" else None
    try:
        await visit.do(grant_role, email=form.email, role=form.role, gmina_id=gmina_id)
    except Refusal as refusal:
        return await _people(visit, form, refusal)
    return see_other(visit.request, "/admin/people", N_("The role is given."))


@post("/admin/people/roles/{grant_id:uuid}/withdraw", guards=[administrator], status_code=303)
async def take_back(visit: NamedDependency[Visit], grant_id: FromPath[UUID]) -> Response[Any]:
    try:
        await visit.do(withdraw_role, grant_id=grant_id)
    except Refusal as refusal:
        return await _people(visit, GrantForm(), refusal)
    return see_other(visit.request, "/admin/people", N_("The role is withdrawn."))


async def _people(visit: Visit, form: GrantForm, refusal: Refusal | None = None) -> Response[str]:
    request = visit.request
    words, after = request.query_params.get("q", "")[:200], after_id(request.query_params.get("after"))
    async with statement(visit.db) as tx:
        found = await people_found(tx, actor=visit.actor, words=words, after=after, limit=PAGE + 1)
        choices = await gminas(tx)
    return page(
        request,
        "people/admin_people.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        words=words,
        people=found[:PAGE],
        next=next_of([each.id for each in found], PAGE),
        gminas=choices,
        roles=ROLES,
        form=form,
    )


handlers = [show_people, give, take_back]
