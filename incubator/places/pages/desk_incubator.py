"""The desk: an incubator with its details, status, spaces and zones."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import coordinator, must_coordinate
from incubator.places.catalogue import incubator_by_slug, quotas_of
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.places.pages.clocks import rows_of
from incubator.places.pages.deeds_incubator import HOURS, INCUBATOR, QUOTAS
from incubator.places.pages.labels import labels_in
from incubator.places.states import ALLOWED, Status
from incubator.web.i18n import texts_of
from incubator.web.pages import page

PARTS: dict[str, dict[str, Deed]] = {"": INCUBATOR, "/hours": HOURS, "/quotas": QUOTAS}
"""The pages of an incubator's desk and what can be done on each."""
TEMPLATES = {"": "desk_incubator.html", "/hours": "desk_hours.html", "/quotas": "desk_quotas.html"}


@get("/desk/incubators/{slug:str}", guards=[coordinator])
async def show_incubator_desk(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, slug, "", db, actor, now)


@get("/desk/incubators/{slug:str}/hours", guards=[coordinator])
async def show_hours(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, slug, "/hours", db, actor, now)


@get("/desk/incubators/{slug:str}/quotas", guards=[coordinator])
async def show_quotas(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, slug, "/quotas", db, actor, now)


@post(
    ["/desk/incubators/{slug:str}", "/desk/incubators/{slug:str}/hours", "/desk/incubators/{slug:str}/quotas"],
    guards=[coordinator],
    status_code=303,
)
async def change_incubator(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    back = f"/desk/incubators/{slug}"
    part = request.url.path.removeprefix(back).rstrip("/")
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        return Asked(tx=tx, actor=actor, place=incubator, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, slug, part, db, actor, now, typed, refusal)

    deeds = PARTS.get(part, {})
    return await carried_out(request, db, deeds, typed=typed, ask=ask, back=back + part, again=again)


async def _show(
    request: Ask,
    slug: str,
    part: str,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        must_coordinate(actor, incubator.gmina_id)
        spaces = await shelf(tx, wish=Wish(incubator=slug))
        quotas = await quotas_of(tx, incubator_id=incubator.id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        f"places/{TEMPLATES[part]}",
        status=status,
        incubator=incubator,
        spaces=spaces,
        quotas=quotas,
        onward=sorted(ALLOWED[Status(incubator.status)]),
        week=rows_of(incubator.hours, typed if typed and typed.form == "week" else None),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [
    show_incubator_desk,
    show_hours,
    show_quotas,
    change_incubator,
]
