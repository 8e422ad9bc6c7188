"""Close a space, an incubator or a gmina for a while, and ask about the bookings under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.clear import Why, clear
from incubator.bookings.in_the_way import Answer, BookingsInTheWay, has_lapsed, told_of_booking
from incubator.bookings.queries import LIVE_STATES
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.close import close
from incubator.places.views import ClosureView

MOST_AT_ONCE = 3_000
"""A millisecond each, in which nobody can book."""


class ClosureOfOne(Invalid):
    """None of the three was named, or more than one."""

    code = "closure_of_one"
    sentence = N_("Name one thing to close: a space, an incubator or a gmina.")


@dataclass(eq=False)
class TooManyInTheWay(Conflict):
    """More bookings than are cancelled in one go: nobody can book while it lasts."""

    code = "too_many_in_the_way"
    sentence = N_("{count} bookings stand in the way; {most} can be cancelled at once. Close a shorter time first.")
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class ClosedOver:
    """The closure, how many bookings were cancelled for it, and how many still stand under it."""

    closure: ClosureView
    cancelled: int
    standing: int


# It lets those who read go on, and whoever books, moves, confirms or cancels wait: first for those
# in flight, whose bookings are then there to be listed, and then of all others for our commit. A
# booking that waited here begins its statement anew, with the new version of the rules in sight, and
# is refused by them (bookings/place.py). Nothing milder would do: under SHARE ROW EXCLUSIVE somebody
# who moves a booking may lock its row, read the hours of before, and write it under the closure.
# It comes first, for who waits for it should hold nothing that another needs.
STOP = "LOCK TABLE booking IN EXCLUSIVE MODE"

# Whose times `places.opening` cuts: a closed space, the joined rooms that it is a part of, and all of
# the incubator or gmina; not the parts of a closed joined room. What is over stands.
# $1 gmina, $2 incubator, $3 space, $4 start, $5 end, $6 now, $7 states. No booking is longer than 366 days.
UNDER = f"""
{VIEW} WHERE booking.incubator_id IN (SELECT id FROM incubator WHERE gmina_id = $1 AND ($2::uuid IS NULL OR id = $2))
    AND ($3::uuid IS NULL OR booking.space_id = $3
        OR booking.space_id IN (SELECT space_id FROM space_part WHERE part_id = $3))
    AND lower(booking.period) < $5::timestamptz AND lower(booking.period) > $4::timestamptz - interval '367 days'
    AND upper(booking.period) > greatest($4, $6::timestamptz) AND booking.state = ANY($7::text[])
ORDER BY lower(booking.period), booking.id
"""


async def close_over(
    tx: Tx,
    *,
    actor: Actor,
    gmina_id: UUID | None = None,
    incubator_id: UUID | None = None,
    space_id: UUID | None = None,
    period: Period,
    reason_pl: str,
    reason_en: str = "",
    bookings: Answer = "ask",
    now: datetime,
) -> ClosedOver:
    """Name one: a space, an incubator or a gmina. After `ask` and `cancel` no booking that could be
    cancelled is live under the closure, however many are made at this moment; people who checked in
    are there and stay. Who loses a booking is written to.

    Raises ClosureOfOne; BookingsInTheWay when asking; TooManyInTheWay; what `close` raises. Then the
    transaction has to be rolled back.
    """
    if sum(key is not None for key in (gmina_id, incubator_id, space_id)) != 1:
        raise ClosureOfOne()
    await tx.execute(STOP)
    closure = await close(
        tx,
        actor=actor,
        gmina_id=gmina_id,
        incubator_id=incubator_id,
        space_id=space_id,
        period=period,
        reason_pl=reason_pl,
        reason_en=reason_en,
        now=now,
    )
    found = await _under(tx, closure, now)
    standing = [booking for booking in found if not has_lapsed(booking, now)]
    if bookings == "ask" and standing:
        raise BookingsInTheWay([told_of_booking(booking) for booking in standing])
    leaving = _leaving(found, bookings, now)
    # What is left over of a cancelled time is offered later, by the job: the house stands still here.
    cleared = await clear(
        tx, actor_id=actor.account_id, bookings=leaving, why=Why(reason_pl, reason_en), offering=False, now=now
    )
    return ClosedOver(closure, len(cleared), len(standing) - len(cleared))


def _leaving(found: Sequence[BookingView], answer: Answer, now: datetime) -> list[BookingView]:
    """Lapsed holds go in any case. Raises TooManyInTheWay."""
    leaving = [
        booking
        for booking in found
        if has_lapsed(booking, now) or (answer == "cancel" and State.CANCELLED in ALLOWED[booking.state])
    ]
    if len(leaving) > MOST_AT_ONCE:
        raise TooManyInTheWay(len(leaving), MOST_AT_ONCE)
    return leaving


async def _under(tx: Tx, closure: ClosureView, now: datetime) -> list[BookingView]:
    rows = await tx.fetch(
        UNDER,
        closure.gmina_id,
        closure.incubator_id,
        closure.space_id,
        closure.start,
        closure.end,
        now,
        LIVE_STATES,
    )
    return [view_of(row) for row in rows]
