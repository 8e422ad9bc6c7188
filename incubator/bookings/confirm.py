"""Confirm a held booking: it becomes firm, or waits for approval where the space asks for one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import choose
from incubator.bookings.pay_first import firm_up
from incubator.bookings.pay_rules import PayBy
from incubator.bookings.queries import booking_for
from incubator.bookings.rules import must_hold
from incubator.bookings.settle import WrongState, settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.occupancy.release import make_pending, release
from incubator.people.actor import Actor
from incubator.places.queries import approval_of, capacity_of


@dataclass(eq=False)
class HoldLapsed(Conflict):
    """The hold ran out before it was confirmed, and its time was given back."""

    code = "hold_lapsed"
    sentence = N_("The time was held for you until {hold_expires_at} and has been given back. Please choose again.")
    hold_expires_at: str


SAY = "UPDATE booking SET title = $2, note = $3, attendees = $4 WHERE id = $1"


async def confirm(
    tx: Tx,
    *,
    actor: Actor,
    booking_id: UUID,
    title: str | None = None,
    note: str | None = None,
    attendees: int | None = None,
    extras: Sequence[UUID] | None = None,
    full_price: bool | None = None,
    pay_by: PayBy | None = None,
    now: datetime,
) -> BookingView:
    """The booking, confirmed, awaiting approval, or awaiting its payment where that comes first; `pay_by` says how
    it is to be paid then. Whoever locks it first, its owner or the one who
    releases lapsed holds, is in time: so a hold a second over is still its owner's, and one given
    back is not.

    Raises HoldLapsed, WrongState, TooManyPeople, NoSuchBooking, NoSuchExtra, NotConnected, NotPayableOnline, and what
    granting aid raises.
    """
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if booking.state == State.EXPIRED:
        raise HoldLapsed(booking.changed_at.isoformat())
    # Said twice, it would put an approved booking back in line; said of a request, it would pass the
    # coordinator by once the space asks for no approval any more.
    if booking.state != State.HELD:
        raise WrongState(booking.state.value)
    if attendees is not None:
        must_hold(await capacity_of(tx, space_id=booking.space_id), attendees)
    booking = replace(
        booking,
        title=booking.title if title is None else title,
        note=booking.note if note is None else note,
        attendees=booking.attendees if attendees is None else attendees,
    )
    await choose(tx, booking_id=booking.id, extras=extras, full_price=full_price)
    await tx.execute(SAY, booking.id, booking.title, booking.note, booking.attendees)
    needs_approval, pending_blocks = await approval_of(tx, space_id=booking.space_id)
    if needs_approval:
        return await _request(tx, actor, booking, pending_blocks, now)
    confirmed = await firm_up(tx, booking=booking, verb="confirm", actor_id=actor.account_id, pay_by=pay_by, now=now)
    if confirmed.state == State.CONFIRMED:  # else they are asked to pay, and told until when
        await tell(tx, view=confirmed, what=News.CONFIRMED, now=now)
    return confirmed


async def _request(tx: Tx, actor: Actor, booking: BookingView, pending_blocks: bool, now: datetime) -> BookingView:
    requested = await settle(
        tx, booking=booking, to=State.AWAITING_APPROVAL, verb="request", actor_id=actor.account_id, now=now
    )
    if pending_blocks:
        await make_pending(tx, subject_id=booking.id)
    else:
        await release(tx, subject_id=booking.id)
    await tell(tx, view=requested, what=News.AWAITING_APPROVAL, now=now)
    return requested
