"""The desk: a space with what is said of it, its rules, its own hours and its photos."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import coordinator, must_coordinate
from incubator.places.add_photo import add_photo
from incubator.places.catalogue import exceptions_of, hours_of, quotas_of
from incubator.places.catalogue_spaces import Wish, shelf, space_by_id
from incubator.places.pages.clocks import rows_of
from incubator.places.pages.deeds_space import RETIRE, SPACE
from incubator.places.pages.labels import labels_in
from incubator.places.photos import LARGEST, made_afresh
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.i18n import texts_of
from incubator.web.pages import page


class AltForm(Body, frozen=True):
    alt_pl: Line
    alt_en: OptionalLine = ""


@get("/desk/spaces/{space_id:uuid}", guards=[coordinator])
async def show_space_desk(
    request: Ask,
    space_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, space_id, db, actor, now)


@post("/desk/spaces/{space_id:uuid}", guards=[coordinator], status_code=303)
async def change_space(
    request: Ask,
    space_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _change(request, space_id, db, actor, now, SPACE)


@post("/desk/spaces/{space_id:uuid}/retire", guards=[coordinator], status_code=303)
async def retire(
    request: Ask,
    space_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    async with statement(db) as tx:
        space = await space_by_id(tx, space_id=space_id)
    return await _change(request, space_id, db, actor, now, RETIRE, back=f"/desk/incubators/{space.incubator_slug}")


@post("/desk/spaces/{space_id:uuid}/photos", guards=[coordinator], status_code=303)
async def show_photo(
    request: Ask,
    space_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    uploaded = (await request.form()).get("photo")
    content = await uploaded.read(LARGEST + 1) if isinstance(uploaded, UploadFile) else b""

    async def add(asked: Asked) -> None:
        if not content:
            raise CheckField("photo")
        alt = asked.typed.shaped(AltForm)
        must_coordinate(actor, asked.place.gmina_id)
        picture = await asyncio.to_thread(made_afresh, content)
        await add_photo(
            asked.tx,
            actor=actor,
            space_id=space_id,
            picture=picture,
            alt_pl=alt.alt_pl,
            alt_en=alt.alt_en,
            now=now,
        )

    deeds: dict[str, Deed] = {"photo": Deed(add, N_("The photo is added."))}
    return await _change(request, space_id, db, actor, now, deeds)


async def _change(
    request: Ask,
    space_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    deeds: dict[str, Deed],
    back: str = "",
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=await space_by_id(tx, space_id=space_id), typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, space_id, db, actor, now, typed, refusal)

    back = back or f"/desk/spaces/{space_id}"
    return await carried_out(request, db, deeds, typed=typed, ask=ask, back=back, again=again)


async def _show(
    request: Ask,
    space_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        space = await space_by_id(tx, space_id=space_id)
        must_coordinate(actor, space.gmina_id)
        hours = await hours_of(tx, place_id=space_id)
        exceptions = await exceptions_of(tx, place_id=space_id, since=now.date())
        quotas = await quotas_of(tx, incubator_id=space.incubator_id)
        siblings = await shelf(tx, wish=Wish(incubator=space.incubator_slug, kind="room"))
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "places/desk_space.html",
        status=status,
        space=space,
        hours=hours,
        exceptions=exceptions,
        quotas=quotas,
        rooms=[one for one in siblings if not one.parts and one.id != space.id],
        week=rows_of(hours, typed if typed and typed.form == "week" else None),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_space_desk, change_space, retire, show_photo]
