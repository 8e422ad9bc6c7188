"""The desk: block a space for a while, see the blocks that stand, take one back."""

from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.block import block
from incubator.bookings.blocks import blocks_in
from incubator.bookings.in_the_way import BookingsInTheWay
from incubator.bookings.pages.asking import show_in_the_way
from incubator.bookings.pages.own_places import Named, incubators_of, own_places
from incubator.bookings.pages.stretch import FIELDS, asked_stretch, in_link, read_stretch
from incubator.bookings.unblock import unblock
from incubator.db.engine import Database, statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.kernel.period import Period
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_id
from incubator.web.bodies import Body, OptionalLine, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]
EVER = datetime(2199, 1, 1, tzinfo=UTC)
EMPTY = dict.fromkeys(("space", *FIELDS, "reason"), "")


class BlockForm(Body, frozen=True):
    """Days and times as a browser's fields give them."""

    space: UUID
    from_day: str = ""
    from_time: str = ""
    to_day: str = ""
    to_time: str = ""
    reason: OptionalLine = ""
    bookings: Literal["ask", "cancel"] = "ask"


@get("/desk/block", guards=[coordinator])
async def show_block(visit: NamedDependency[Visit]) -> Response[str]:
    """`?space=`, `?date=`, `?start=`, `?end=` and `?reason=` fill the form beforehand."""
    query = visit.request.query_params
    typed = {
        "space": query.get("space", ""),
        "reason": query.get("reason", "")[:200],
        **asked_stretch(query, now=visit.now),
    }
    return await _show(visit, typed)


@post("/desk/block", guards=[coordinator], status_code=303)
async def block_space(visit: NamedDependency[Visit]) -> Response[Any]:
    """Block it; where bookings stand in the way, ask about them first."""
    request = visit.request
    typed: dict[str, str] = {}
    try:
        form = await read_form(request, BlockForm)
        typed = {name: str(value) for name, value in msgspec.structs.asdict(form).items()}
        period = read_stretch(typed, now=visit.now)
        await visit.do(block, space_id=form.space, period=period, reason=form.reason, bookings=form.bookings)
    except BookingsInTheWay as refusal:
        return await _ask(request, visit.db, form, period, refusal)
    except (Invalid, Conflict) as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        return await _show(visit, typed, refusal=refusal)
    return see_other(request, "/desk/block#blocks", N_("The space is blocked."))


@post("/desk/blocks/{block_id:uuid}/take-back", guards=[coordinator], status_code=303)
async def take_back_block(visit: NamedDependency[Visit], block_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(unblock, block_id=block_id)
    return see_other(
        visit.request, "/desk/block#blocks", N_("The block is taken back; the time is free again."), tone="note"
    )


async def _show(visit: Visit, typed: dict[str, str], *, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        places = await own_places(tx, actor=visit.actor)
        standing = [
            (one.brief, await blocks_in(tx, actor=visit.actor, incubator_id=key, span=Period(visit.now, EVER)))
            for key, one in incubators_of(places).items()
        ]
    return page(
        visit.request,
        "bookings/desk_block.html",
        status=status_of(refusal) if refusal else 200,
        places=places,
        blocks=[(incubator, found) for incubator, found in standing if found],
        typed={**EMPTY, **typed},
        problem=said(visit.request, refusal) if refusal else "",
    )


async def _ask(
    request: Asked, db: Database, form: BlockForm, period: Period, refusal: BookingsInTheWay
) -> Response[str]:
    async with statement(db) as tx:
        space = await space_by_id(tx, space_id=form.space)
    fields = {name: str(value) for name, value in msgspec.structs.asdict(form).items() if name != "bookings"}
    back = urlencode([("space", str(form.space)), *in_link(period), ("reason", form.reason)])
    return show_in_the_way(
        request,
        refusal,
        what=Named("space", space.name_pl, space.name_en, space.incubator_name),
        period=period,
        reason=form.reason,
        action="/desk/block",
        fields=fields,
        answers=["cancel"] if all(one.can_be_cancelled for one in refusal.items) else [],
        back=f"/desk/block?{back}",
    )


handlers = [show_block, block_space, take_back_block]
