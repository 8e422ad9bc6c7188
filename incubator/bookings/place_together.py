"""Put down at once whatever bookings have come in the same moment (docs/decisions/0012)."""

from collections.abc import Sequence

import asyncpg

from incubator.bookings.all_or_halves import all_or_halves
from incubator.bookings.placing import Placing, statement_of
from incubator.bookings.placing_rows import as_made, parameters_of
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.together import Together
from incubator.passes.draw_down import draw_down

Counter = Together[Placing, BookingView | None]
"""Where bookings are handed in. Back comes the booking as it was put down; or None: it was not, and nothing
was written; `place` can say why, or get it done."""

MOST = 32
PATIENCE = 0.02
"""Seconds: a go takes about five milliseconds; one that is longer about it waits for somebody's lock."""
AT_ONCE = 4


def open_counter(db: Database) -> Counter:
    """The counter of one process."""

    async def together(placings: list[Placing]) -> list[BookingView | None]:
        return await place_together(db, placings)

    return Together(together, most=MOST, patience=PATIENCE, at_once=AT_ONCE)


async def place_together(db: Database, placings: list[Placing]) -> list[BookingView | None]:
    """The bookings that were put down, None for those that were not: as `place` does, in one statement for all. None may
    need more than one resource. Nobody is told, or pays for, what is wrong with somebody else's."""

    async def put(some: list[Placing]) -> Sequence[asyncpg.Record]:
        async with statement(db) as tx:
            return await tx.fetch(statement_of(some), *parameters_of(some))

    rows = await all_or_halves(placings, put)
    made = [None if row is None else as_made(one, row) for one, row in zip(placings, rows, strict=True)]
    await _draw_down(db, placings, made)
    return made


async def _draw_down(db: Database, placings: list[Placing], made: list[BookingView | None]) -> None:
    """What was booked outright on a pass is earned. What is lost on the way here the job finds (`end_passes`)."""
    for one, booking in zip(placings, made, strict=True):
        if booking is not None and booking.credit_id is not None and booking.state == State.CONFIRMED:
            async with transaction(db) as tx:
                by = one.holder.account_id
                await draw_down(tx, credit_ids=[booking.credit_id], by=by, now=one.now)
