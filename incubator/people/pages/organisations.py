"""Organisations: found one, look at it, change it, close it."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.db.engine import Database, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.change_organisation import change_organisation
from incubator.people.close_organisation import close_organisation
from incubator.people.details import KINDS, OrganisationDetails
from incubator.people.found_organisation import found_organisation
from incubator.people.guards import NotYours, signed_in
from incubator.people.pages.organisation import organisation_page
from incubator.people.queries import gminas, organisation_for
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class OrganisationForm(Body, frozen=True):
    """`version` is the one that the form was filled from; a new organisation has none."""

    name: str = ""
    kind: str = "startup"
    gmina_id: UUID | None = None
    nip: str = ""
    regon: str = ""
    krs: str = ""
    pkd: str = ""
    pkd_edition: int | None = 2025
    version: int | None = None

    def details(self) -> OrganisationDetails:
        given = msgspec.structs.asdict(self)
        return OrganisationDetails(**{name: given[name] for name in OrganisationDetails.__slots__})


@get("/organisations/new", guards=[signed_in])
async def show_new(visit: NamedDependency[Visit]) -> Response[str]:
    return await _form(visit.request, visit.db, OrganisationForm(gmina_id=visit.actor.gmina_id))


@post("/organisations/new", guards=[signed_in], status_code=303)
async def found(visit: NamedDependency[Visit]) -> Response[Any]:
    request = visit.request
    form = await read_form(request, OrganisationForm)
    try:
        made = await visit.do(found_organisation, details=form.details())
    except Refusal as refusal:
        return await _form(request, visit.db, form, refusal=refusal)
    return see_other(request, f"/organisations/{made.id}", N_("Your organisation is here. Invite your people."))


@get("/organisations/{organisation_id:uuid}", guards=[signed_in])
async def show(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[str]:
    return await organisation_page(visit, organisation_id=organisation_id)


@get("/organisations/{organisation_id:uuid}/edit", guards=[signed_in])
async def show_edit(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[str]:
    async with statement(visit.db) as tx:
        view = await organisation_for(tx, actor=visit.actor, organisation_id=organisation_id)
    if view.my_role != "owner" and not visit.actor.is_administrator:
        raise NotYours()
    form = OrganisationForm(
        **{name: getattr(view, name) or "" for name in ("name", "kind", "nip", "regon", "krs", "pkd")},
        gmina_id=view.gmina_id,
        pkd_edition=view.pkd_edition or 2025,
        version=view.version,
    )
    return await _form(visit.request, visit.db, form, organisation_id=organisation_id)


@post("/organisations/{organisation_id:uuid}/edit", guards=[signed_in], status_code=303)
async def save(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[Any]:
    request = visit.request
    form = await read_form(request, OrganisationForm)
    try:
        await visit.do(
            change_organisation, organisation_id=organisation_id, details=form.details(), seen=form.version or 0
        )
    except NotYours:
        raise
    except Refusal as refusal:
        return await _form(request, visit.db, form, organisation_id=organisation_id, refusal=refusal)
    return see_other(request, f"/organisations/{organisation_id}", N_("Saved."))


@post("/organisations/{organisation_id:uuid}/close", guards=[signed_in], status_code=303)
async def close(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[Any]:
    elsewhere = visit.request.app.state.elsewhere
    await visit.do(close_organisation, organisation_id=organisation_id, elsewhere=elsewhere)
    return see_other(visit.request, "/me", N_("The organisation is closed."))


async def _form(
    request: Request[Any, Any, Any],
    db: Database,
    form: OrganisationForm,
    *,
    organisation_id: UUID | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        choices = await gminas(tx)
    return page(
        request,
        "people/organisation_form.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        form=form,
        kinds=KINDS,
        gminas=choices,
        organisation_id=organisation_id,
    )


handlers = [show_new, found, show, show_edit, save, close]
