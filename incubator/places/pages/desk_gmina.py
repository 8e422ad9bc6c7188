"""The desk: how a gmina shows itself, and its incubators."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import coordinator, must_coordinate
from incubator.places.add_incubator import add_incubator
from incubator.places.catalogue import gmina_by_slug
from incubator.places.describe_gmina import describe_gmina
from incubator.places.details import GminaDetails, IncubatorDetails
from incubator.places.pages.labels import labels_in
from incubator.places.slugs import slug_of
from incubator.web.bodies import Body, Line
from incubator.web.i18n import texts_of
from incubator.web.pages import page


class NewIncubatorForm(Body, frozen=True):
    """`code` is that of its project in the bundle; the rest is said on its own page."""

    code: Line


@get("/desk/gminas/{slug:str}", guards=[coordinator])
async def show_gmina_desk(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _show(request, slug, db, actor)


@post("/desk/gminas/{slug:str}", guards=[coordinator], status_code=303)
async def change_gmina(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=await gmina_by_slug(tx, slug=slug), typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, slug, db, actor, typed, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=f"/desk/gminas/{slug}", again=again)


async def _show(
    request: Ask, slug: str, db: Database, actor: Actor, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        gmina = await gmina_by_slug(tx, slug=slug)
    must_coordinate(actor, gmina.id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "places/desk_gmina.html",
        status=status,
        gmina=gmina,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    specialisations = {name: typed.lines(name) for name in ("specialisations_pl", "specialisations_en")}
    details = typed.shaped(GminaDetails, **specialisations)
    await describe_gmina(
        asked.tx, actor=asked.actor, gmina_id=asked.place.id, details=details, seen=typed.seen, now=asked.now
    )


async def _add_incubator(asked: Asked) -> None:
    form, details = asked.typed.shaped(NewIncubatorForm), asked.typed.shaped(IncubatorDetails)
    slug = slug_of(details.name, otherwise="incubator")
    gmina_id = asked.place.id
    await add_incubator(
        asked.tx, actor=asked.actor, gmina_id=gmina_id, code=form.code, slug=slug, details=details, now=asked.now
    )


DEEDS: dict[str, Deed] = {
    "details": Deed(_describe, N_("The gmina's page is saved.")),
    "incubator": Deed(
        _add_incubator, N_("The incubator is added. Set its hours and spaces, then open it for booking.")
    ),
}

handlers: list[ControllerRouterHandler] = [show_gmina_desk, change_gmina]
