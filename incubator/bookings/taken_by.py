"""Who has some of a time: whatever takes one of these resources in it, and the requests that would
like to though they do not block."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.bookings.blocks import blocks_by_id
from incubator.bookings.in_the_way import InTheWay, told_of_block, told_of_booking
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time of a space: what taking it takes, and whose it is."""

    space_id: UUID
    space_name_pl: str
    space_name_en: str
    gmina_id: UUID
    resource_ids: tuple[int, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Taker:
    """Something in the way, and the booking that it is, where it is one."""

    told: InTheWay
    booking: BookingView | None


# The index of the exclusion constraint answers what overlaps, however long ago it began.
# $1 resources, $2 start, $3 end, $4 and $5 the same in seconds, $6 gmina.
TAKERS = """
SELECT subject_id, purpose, min(starts) AS starts, max(ends) AS ends FROM (
    SELECT subject_id, purpose, lower(during) AS starts, upper(during) AS ends
    FROM unnest($1::bigint[]) AS wanted (resource_id) JOIN occupancy ON occupancy.slot
        && int8range((wanted.resource_id << 33) + $4::bigint, (wanted.resource_id << 33) + $5::bigint)
    UNION ALL
    SELECT id, 'booking', lower(period), upper(period) FROM booking
    WHERE state = 'awaiting_approval' AND gmina_id = $6 AND period && tstzrange($2, $3)
        AND space_id IN (SELECT space_id FROM space_resource WHERE resource_id = ANY($1))
) AS taker GROUP BY subject_id, purpose
"""
LOCK = f"""
SELECT id FROM booking WHERE id IN (SELECT subject_id FROM ({TAKERS}) AS taker) ORDER BY id FOR UPDATE
"""
BOOKINGS = f"{VIEW} WHERE booking.id = ANY($1::uuid[])"


async def takers_of(tx: Tx, *, actor: Actor, wanted: Wanted, now: datetime) -> list[Taker]:
    """By start; the bookings among them are locked until the transaction ends."""
    while True:
        locked = {row["id"] for row in await tx.fetch(LOCK, *_parameters(wanted))}
        # Read anew: a booking that we had to wait for may have been moved out of the way, or settled.
        rows = await tx.fetch(f"{TAKERS} ORDER BY starts, subject_id", *_parameters(wanted))
        bookings = {row["subject_id"] for row in rows if row["purpose"] == "booking"}
        if bookings <= locked:
            return await _told(tx, actor, wanted, rows)


async def _told(tx: Tx, actor: Actor, wanted: Wanted, rows: Sequence[asyncpg.Record]) -> list[Taker]:
    ids = [row["subject_id"] for row in rows]
    bookings = {view.id: view for view in map(view_of, await tx.fetch(BOOKINGS, ids))}
    blocks = {block.id: told_of_block(block) for block in await blocks_by_id(tx, actor=actor, block_ids=ids)}
    found = []
    for row in rows:
        key, period = row["subject_id"], Period(row["starts"], row["ends"])
        booking = bookings.get(key)
        told = told_of_booking(booking, period) if booking else blocks.get(key) or _other(wanted, row, period)
        found.append(Taker(told, booking))
    return found


def _other(wanted: Wanted, row: asyncpg.Record, period: Period) -> InTheWay:
    """Something of another feature's, which knows what it is."""
    return InTheWay(
        kind=row["purpose"],
        id=row["subject_id"],
        who="",
        space_id=wanted.space_id,
        space_name_pl=wanted.space_name_pl,
        space_name_en=wanted.space_name_en,
        period=period,
        state="",
        can_be_cancelled=False,
    )


def _parameters(wanted: Wanted) -> tuple[object, ...]:
    period = wanted.period
    first, last = int(period.start.timestamp()), int(period.end.timestamp())
    return list(wanted.resource_ids), period.start, period.end, first, last, wanted.gmina_id
