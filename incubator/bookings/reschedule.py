"""Move a booking to another time or space, or make it longer or shorter: the old time is given up
and the new one taken in one transaction, or nothing changes."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.bookings.cancel import at_desk, must_stand_alone
from incubator.bookings.charge import has_price
from incubator.bookings.expire import expire_overdue
from incubator.bookings.may_move import GIVEN, must_be_movable, state_after
from incubator.bookings.move_in_time import must_be_in_time_to_move
from incubator.bookings.offer_next import offer_next
from incubator.bookings.pay_first import must_be_paid_for
from incubator.bookings.place import SlotTaken, quota_spent
from incubator.bookings.placing_rows import limit_of
from incubator.bookings.queries import booking_for
from incubator.bookings.quote_anew import quote_anew
from incubator.bookings.rules import InThePast, credit_draw, quota_draws
from incubator.bookings.settle import give_back, note
from incubator.bookings.states import State
from incubator.bookings.tell_another import tell_moved
from incubator.bookings.views import BookingView
from incubator.credits.draw import draw as draw_credit
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.occupancy.release import release
from incubator.occupancy.take import take
from incubator.passes.draw_down import draw_down
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book

OCCUPANCY_OF = {State.HELD: "held", State.AWAITING_APPROVAL: "pending"}

MOVE = """
UPDATE booking SET period = tstzrange($2, $3), space_id = $4, incubator_id = $5, gmina_id = $6, quota_id = $7,
    credit_id = $8, state = $9, changed_at = $10, sequence = sequence + 1
WHERE id = $1
"""
DRAW = """
INSERT INTO quota_use (quota_id, holder_id, starts, minutes, max_minutes)
SELECT $1, $2, starts, minutes, $5 FROM unnest($3::date[], $4::int[]) AS draw (starts, minutes) ORDER BY starts
ON CONFLICT (quota_id, holder_id, starts)
DO UPDATE SET minutes = quota_use.minutes + excluded.minutes, max_minutes = excluded.max_minutes
"""


async def reschedule(
    tx: Tx, *, actor: Actor, booking_id: UUID, period: Period, space_id: UUID | None = None, now: datetime
) -> BookingView:
    """The booking at its new time. Moved by its holder where approval is needed, it waits for
    approval again, unless it only became shorter; a request moved to where none is needed is
    confirmed. Somebody whose booking another moved is written to. Raises SlotTaken, QuotaSpent, TooLateToCancel, TooLateToMove, NoTimeForApproval, WrongState,
    NotPaidYet, DearerIsPaidFirst, PaidFirstHere, NoSuchBooking
    and what the rules raise; then the caller's transaction has to be rolled back."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    moved = await move(tx, actor=actor, booking=booking, period=period, space_id=space_id, now=now)
    await tell_moved(tx, actor=actor, before=booking, after=moved, now=now)
    return moved


async def move(
    tx: Tx,
    *,
    actor: Actor,
    booking: BookingView,
    period: Period,
    space_id: UUID | None = None,
    now: datetime,
    ask: bool = True,
) -> BookingView:
    """As `reschedule`, for those who write one mail about many; without `ask` they also ask for what is owed. The
    caller has the booking locked."""
    must_stand_alone(booking)
    space = await space_to_book(tx, space_id=space_id or booking.space_id, span=period)
    if period == booking.period and space.id == booking.space_id:
        return booking
    must_be_movable(actor=actor, booking=booking, space=space, period=period, now=now)
    state = state_after(actor=actor, booking=booking, space=space, period=period)
    late = await must_be_in_time_to_move(
        tx, actor=actor, booking=booking, space=space, period=period, state=state, now=now
    )
    moved = replace(elsewhere(booking, space=space, period=period, now=now), state=state)
    await retake(tx, moved, space, now)
    await give_back(tx, booking=booking)
    # What is paid for stays so where a part of the price is kept: a credit would give back all of it.
    paid = late and booking.credit_id is None
    moved = await (draw_quota if paid else _draw)(tx, moved, space)
    await tx.execute(
        MOVE,
        moved.id,
        period.start,
        period.end,
        moved.space_id,
        moved.incubator_id,
        moved.gmina_id,
        moved.quota_id,
        moved.credit_id,
        moved.state,
        now,
    )
    drawn = (booking.credit_id, moved.credit_id)
    await draw_down(tx, credit_ids=drawn, by=actor.account_id, now=now)
    if moved.state != State.HELD and (space.priced or await has_price(tx, booking=booking)):
        if moved.state in GIVEN and not (booking.state in GIVEN and at_desk(actor, moved)):
            await must_be_paid_for(tx, before=booking, moved=moved)
        await quote_anew(tx, booking=moved, by=actor.account_id, now=now, ask=ask)
    await note(tx, verb="reschedule", before=booking, after=moved, actor_id=actor.account_id, now=now)
    await offer_next(tx, space_ids=[booking.space_id], period=booking.period, now=now)
    return moved


async def extend(tx: Tx, *, actor: Actor, booking_id: UUID, end: datetime, now: datetime) -> BookingView:
    """The booking with another end: longer or shorter. Raises as `reschedule` does."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if end <= max(booking.period.start, now):
        raise InThePast()
    period = Period(booking.period.start, end)
    return await reschedule(tx, actor=actor, booking_id=booking_id, period=period, now=now)


def elsewhere(booking: BookingView, *, space: SpaceToBook, period: Period, now: datetime) -> BookingView:
    """The booking as it will be in this space at this time."""
    return replace(
        booking,
        period=period,
        space_id=space.id,
        space_slug=space.slug,
        space_name_pl=space.name_pl,
        space_name_en=space.name_en,
        incubator_id=space.incubator_id,
        incubator_slug=space.incubator_slug,
        incubator_name=space.incubator_name,
        gmina_id=space.gmina_id,
        cancel_minutes=space.cancel_minutes,
        changed_at=now,
        sequence=booking.sequence + 1,
    )


async def retake(tx: Tx, booking: BookingView, space: SpaceToBook, now: datetime) -> None:
    """Give up what the booking has and take what it is to have. Raises SlotTaken."""
    await release(tx, subject_id=booking.id)
    if booking.state == State.AWAITING_APPROVAL and not space.pending_blocks:
        return
    for _turn in range(2):
        if await take(
            tx,
            resource_ids=space.resource_ids,
            period=booking.period.extended(space.turnaround),
            purpose="booking",
            subject_id=booking.id,
            state=OCCUPANCY_OF.get(booking.state, "firm"),
            expires_at=booking.hold_expires_at,
        ):
            return
        await release(tx, subject_id=booking.id)
        if not await expire_overdue(tx, now=now, resource_ids=space.resource_ids):
            break
    raise SlotTaken(space.id, booking.period)


async def _draw(tx: Tx, booking: BookingView, space: SpaceToBook) -> BookingView:
    """Draw the new time from what the holder was granted, or from the quota of the (new) space."""
    booking = replace(booking, credit_id=await _granted(tx, booking, space))
    if booking.credit_id is not None:
        return replace(booking, quota_id=None)
    return await draw_quota(tx, booking, space)


async def draw_quota(tx: Tx, booking: BookingView, space: SpaceToBook) -> BookingView:
    """Draw its time from the quota of the space, if that has one. Raises QuotaSpent."""
    limit = limit_of(space, booking)
    if space.quota_id is None or space.quota_unit is None or limit is None:
        return replace(booking, quota_id=None)
    draws = quota_draws(booking.period, unit=space.quota_unit)
    starts, minutes = [first for first, _ in draws], [count for _, count in draws]
    try:
        await tx.execute(DRAW, space.quota_id, booking.holder_id, starts, minutes, limit)
    except asyncpg.CheckViolationError as error:
        raise quota_spent(error, space, booking) from None
    return replace(booking, quota_id=space.quota_id)


async def _granted(tx: Tx, booking: BookingView, space: SpaceToBook) -> UUID | None:
    drawn = credit_draw(booking.period, space_kind=space.kind)
    if booking.part_of is not None or drawn is None:
        return None
    kind, amount = drawn
    return await draw_credit(
        tx,
        holder_id=booking.holder_id,
        kind=kind,
        gmina_id=booking.gmina_id,
        period=booking.period,
        amount=amount,
    )
