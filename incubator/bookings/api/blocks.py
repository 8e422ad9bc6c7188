"""Blocks: make, list, take back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.availability import From, To, span_of
from incubator.bookings.block import block
from incubator.bookings.blocks import BlockView, blocks_in
from incubator.bookings.unblock import unblock
from incubator.db.engine import statement
from incubator.people.guards import coordinator, scope
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Line, Moment
from incubator.web.i18n import locale_of
from incubator.web.periods import period_of
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]


class NewBlock(Body, frozen=True):
    """`bookings` says what becomes of those in the way: `ask` refuses and names them, `cancel` cancels
    them for the same reason and writes to who booked."""

    space_id: UUID
    start: Moment
    end: Moment
    reason: Line
    bookings: Literal["ask", "cancel"] = "ask"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A space out of use from `start` to `end`, in UTC, and why."""

    id: UUID
    space_id: UUID
    space_name: str
    start: datetime
    end: datetime
    reason: str
    created_by_name: str


class Blocks(msgspec.Struct, frozen=True):
    """Blocks by their start."""

    items: list[Block]


@post(
    "/blocks",
    operation_id="blockSpace",
    guards=[coordinator, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 410, 422),
)
async def post_block(visit: NamedDependency[Visit], data: JSONBody[NewBlock]) -> Response[Block]:
    """Take a space out of use for a while. 409 `bookings_in_the_way` names what stands there."""
    period = period_of(data.start, data.end)

    return await visit.create(
        block,
        lambda made: f"/api/blocks/{made.id}",
        lambda made: _json(made, locale_of(visit.request, otherwise="en")),
        space_id=data.space_id,
        period=period,
        reason=data.reason,
        bookings=data.bookings,
    )


@get(
    "/incubators/by-id/{incubator_id:uuid}/blocks",
    operation_id="listBlocks",
    guards=[coordinator, scope("bookings:read")],
    responses=problems(401, 403, 404, 422),
)
async def list_blocks(visit: NamedDependency[Visit], incubator_id: FromPath[UUID], start: From, end: To) -> Blocks:
    """The blocks in one's incubator that touch the span; none of another gmina's."""
    async with statement(visit.db) as tx:
        found = await blocks_in(tx, actor=visit.actor, incubator_id=incubator_id, span=span_of(start, end))
    return Blocks([_json(one, locale_of(visit.request, otherwise="en")) for one in found])


@delete(
    "/blocks/{block_id:uuid}",
    operation_id="unblockSpace",
    guards=[coordinator, scope("bookings:write")],
    responses=problems(401, 403, 404, 409),
)
async def delete_block(visit: NamedDependency[Visit], block_id: FromPath[UUID]) -> None:
    """Take a block back: its time is free again, and offered to who waits for it."""
    await visit.do(unblock, block_id=block_id)


def _json(view: BlockView, locale: str) -> Block:
    return Block(
        id=view.id,
        space_id=view.space_id,
        space_name=view.space_name_pl if locale == "pl" else view.space_name_en or view.space_name_pl,
        start=view.period.start,
        end=view.period.end,
        reason=view.reason,
        created_by_name=view.created_by_name,
    )


handlers: list[ControllerRouterHandler] = [post_block, list_blocks, delete_block]
