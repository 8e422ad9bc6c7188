"""A coordinator says yes to a request; others who wanted some of its time get their answer with it."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.join_line import put_in_line
from incubator.bookings.pay_first import firm_up
from incubator.bookings.place import SlotTaken
from incubator.bookings.queries import booking_for, rivals_of
from incubator.bookings.rules import InThePast
from incubator.bookings.settle import WrongState, settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.occupancy.release import release
from incubator.occupancy.take import take
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.queries import resources_of

ANSWER_TO_RIVALS = N_("Another request for this time was approved.")


async def approve(tx: Tx, *, actor: Actor, booking_id: UUID, now: datetime) -> BookingView:
    """The booking, confirmed, or kept until it is paid where that comes first. Raises SlotTaken when its time went to somebody else meanwhile,
    InThePast when it is over; NotYours, WrongState, NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    must_coordinate(actor, booking.gmina_id)
    if booking.state != State.AWAITING_APPROVAL:
        raise WrongState(booking.state.value)
    if booking.period.end <= now:
        raise InThePast()
    rivals = await rivals_of(tx, booking=booking)
    # A pending request may block already, or not: taken anew, it stands either way.
    await release(tx, subject_id=booking.id)
    resource_ids, turnaround = await resources_of(tx, space_id=booking.space_id)
    if not await take(
        tx,
        resource_ids=resource_ids,
        period=booking.period.extended(turnaround),
        purpose="booking",
        subject_id=booking.id,
    ):
        raise SlotTaken(booking.space_id, booking.period)
    approved = await firm_up(
        tx,
        booking=booking,
        verb="approve",
        actor_id=actor.account_id,
        decided_by=actor.account_id,
        now=now,
    )
    await tell(tx, view=approved, what=News.APPROVED, now=now)
    for rival in rivals:
        await _answer(tx, actor=actor, rival_id=rival.id, unpaid=approved.state == State.AWAITING_PAYMENT, now=now)
    return approved


async def _answer(tx: Tx, *, actor: Actor, rival_id: UUID, unpaid: bool, now: datetime) -> None:
    """No; and where what was approved is `unpaid`, they are in line for the time, should it not be paid."""
    rival = await booking_for(tx, actor=actor, booking_id=rival_id, lock=True)
    if rival.state == State.AWAITING_APPROVAL:
        declined = await settle(
            tx,
            booking=rival,
            to=State.DECLINED,
            verb="decline",
            actor_id=actor.account_id,
            decided_by=actor.account_id,
            reason=ANSWER_TO_RIVALS,
            now=now,
        )
        waits = unpaid and await put_in_line(tx, booking=declined, now=now)
        await tell(tx, view=declined, what=News.DECLINED_IN_LINE if waits else News.DECLINED, now=now)
