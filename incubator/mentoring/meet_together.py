"""Book meetings together with whoever books in the same moment: the quick way to what `meet` does."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import asyncpg

from incubator.bookings.all_or_halves import all_or_halves
from incubator.bookings.place_together import AT_ONCE, MOST, PATIENCE
from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.kernel.together import Busy, Together
from incubator.mentoring.order import MeetingOrder, judged
from incubator.mentoring.place import drawn
from incubator.mentoring.placing import PLACE, Placing, parameters_of
from incubator.mentoring.room import booked_in
from incubator.mentoring.to_meet import kept_mentor
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.places.queries import kept_space

Counter = Together[Placing, MeetingView | None]
"""Where meetings are handed in. None: it was not put down, and nothing was written; `place` can say why."""


def open_counter(db: Database) -> Counter:
    """The counter of one process."""

    async def together(placings: list[Placing]) -> list[MeetingView | None]:
        return await place_together(db, placings)

    return Together(together, most=MOST, patience=PATIENCE, at_once=AT_ONCE)


async def place_together(db: Database, placings: list[Placing]) -> list[MeetingView | None]:
    """The meetings that were put down: as `place` does, in one statement for all."""

    async def put(some: list[Placing]) -> Sequence[asyncpg.Record]:
        async with statement(db) as tx:
            return await tx.fetch(PLACE, *parameters_of(some))

    rows = await all_or_halves(placings, put)
    return [drawn(one, row) if row and row["made"] else None for one, row in zip(placings, rows, strict=True)]


async def meet_together(counter: Counter, *, actor: Actor, order: MeetingOrder, now: datetime) -> MeetingView | None:
    """The meeting as `meet` would make it, by what this process remembers of mentor and room. None: not
    this way, and nothing was written; `meet` makes it or says what stands in the way."""
    try:
        placing = _placing(actor, order, now)
    except Refusal:
        return None
    if placing is None:
        return None
    with suppress(Busy):
        return await counter(placing)
    return None


def _placing(actor: Actor, order: MeetingOrder, now: datetime) -> Placing | None:
    mentor = kept_mentor(mentor_id=order.mentor_id)
    if mentor is None or order.any_room:
        return None
    meeting = judged(actor=actor, mentor=mentor, order=order, now=now)
    if order.space_id is None:
        return Placing(meeting=meeting, mentor=mentor, holder=actor, now=now)
    space = kept_space(space_id=order.space_id, span=order.period)
    if space is None or len(space.resource_ids) > 1:
        return None
    room = booked_in(actor=actor, meeting=meeting, order=order, space=space, now=now)
    meeting = replace(meeting, booking_id=room.id)
    return Placing(meeting=meeting, mentor=mentor, room=room, space=space, holder=actor, now=now)
