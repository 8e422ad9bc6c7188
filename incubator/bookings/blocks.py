"""Blocks as coordinators see them: times for which a space was taken out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block that stands, with the names that people know its space and its maker by."""

    id: UUID
    space_id: UUID
    space_name_pl: str
    space_name_en: str
    period: Period
    reason: str
    created_by_name: str


VIEW = """
SELECT block.id, block.space_id, space.name_pl AS space_name_pl, space.name_en AS space_name_en, block.period,
    block.reason, account.name AS created_by_name
FROM block JOIN space ON space.id = block.space_id JOIN account ON account.id = block.created_by
WHERE block.removed_at IS NULL AND (block.gmina_id = ANY($1::uuid[]) OR $2)
"""
# No block is longer than 366 days.
IN_SPAN = f"""
{VIEW} AND space.incubator_id = $3 AND lower(block.period) < $5
AND lower(block.period) > $4::timestamptz - interval '367 days' AND upper(block.period) > $4
ORDER BY lower(block.period), space.position, space.slug
"""


async def blocks_in(tx: Tx, *, actor: Actor, incubator_id: UUID, span: Period) -> list[BlockView]:
    """The blocks of an incubator's spaces that touch `span`, for its coordinator, by start. Others
    see none. A joined room's block is one, though it takes each of its parts."""
    rows = await tx.fetch(IN_SPAN, *_narrowing(actor), incubator_id, span.start, span.end)
    return [view_of(row) for row in rows]


async def blocks_by_id(tx: Tx, *, actor: Actor, block_ids: Sequence[UUID]) -> list[BlockView]:
    """Those of them that the coordinator may see."""
    rows = await tx.fetch(f"{VIEW} AND block.id = ANY($3::uuid[])", *_narrowing(actor), list(block_ids))
    return [view_of(row) for row in rows]


def view_of(row: asyncpg.Record) -> BlockView:
    return BlockView(**{**row, "period": Period(row["period"].lower, row["period"].upper)})


def _narrowing(actor: Actor) -> tuple[list[UUID], bool]:
    """The first two parameters of VIEW."""
    return list(actor.coordinates), actor.is_administrator
