"""Organisations: found one, look at it, change it, close it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.actor import Actor
from incubator.people.change_organisation import change_organisation
from incubator.people.close_organisation import close_organisation
from incubator.people.details import KINDS, OrganisationDetails
from incubator.people.found_organisation import found_organisation
from incubator.people.guards import NotYours, signed_in
from incubator.people.pages.organisation import organisation_page
from incubator.people.queries import gminas, organisation_for
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
async def show_new(
    request: Request[Any, Any, Any], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _form(request, db, OrganisationForm(gmina_id=actor.gmina_id))


@post("/organisations/new", guards=[signed_in], status_code=303)
async def found(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    form = await read_form(request, OrganisationForm)
    try:
        made = await attempt(db, lambda tx: found_organisation(tx, actor=actor, details=form.details(), now=now))
    except Refusal as refusal:
        return await _form(request, db, form, refusal=refusal)
    return see_other(request, f"/organisations/{made.id}", N_("Your organisation is here. Invite your people."))


@get("/organisations/{organisation_id:uuid}", guards=[signed_in])
async def show(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await organisation_page(request, db, actor=actor, organisation_id=organisation_id, now=now)


@get("/organisations/{organisation_id:uuid}/edit", guards=[signed_in])
async def show_edit(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[str]:
    async with statement(db) as tx:
        view = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    if view.my_role != "owner" and not actor.is_administrator:
        raise NotYours()
    form = OrganisationForm(
        **{name: getattr(view, name) or "" for name in ("name", "kind", "nip", "regon", "krs", "pkd")},
        gmina_id=view.gmina_id,
        pkd_edition=view.pkd_edition or 2025,
        version=view.version,
    )
    return await _form(request, db, form, organisation_id=organisation_id)


@post("/organisations/{organisation_id:uuid}/edit", guards=[signed_in], status_code=303)
async def save(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    form = await read_form(request, OrganisationForm)
    try:
        await attempt(
            db,
            lambda tx: change_organisation(
                tx,
                actor=actor,
                organisation_id=organisation_id,
                details=form.details(),
                seen=form.version or 0,
                now=now,
            ),
        )
    except NotYours:
        raise
    except Refusal as refusal:
        return await _form(request, db, form, organisation_id=organisation_id, refusal=refusal)
    return see_other(request, f"/organisations/{organisation_id}", N_("Saved."))


@post("/organisations/{organisation_id:uuid}/close", guards=[signed_in], status_code=303)
async def close(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    elsewhere = request.app.state.elsewhere
    await attempt(
        db,
        lambda tx: close_organisation(tx, actor=actor, organisation_id=organisation_id, elsewhere=elsewhere, now=now),
    )
    return see_other(request, "/me", N_("The organisation is closed."))


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
