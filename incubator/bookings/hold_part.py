"""Book a room outright for a larger thing, of which it is a part: who asks for it runs the house of the room, or asks
who does."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import Order, draft, wish_of
from incubator.bookings.hold import put_down
from incubator.bookings.rules import check
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.places.queries import space_to_book

PART = "UPDATE booking SET part_of = $2 WHERE id = $1"


async def hold_part(
    tx: Tx, *, actor: Actor, order: Order, part_of: UUID, asking: bool = False, now: datetime
) -> BookingView:
    """Firm at once, or `asking` a request that waits for the coordinator of the house; out of nobody's quota or credit:
    the house's own use, judged by the rules that bind the house. The caller has asked whether the person runs it. Raises SlotTaken, RulesChanged, StandingChanged, NoSuchSpace,
    InThePast, OutsideOpeningHours, TooManyPeople."""
    space = await space_to_book(tx, space_id=order.space_id, span=order.period)
    people, period = order.attendees, order.period
    check(
        wish_of(actor=actor, space=space, organisation_id=None, period=period, attendees=people, now=now),
        space,
        by_house=True,
    )
    booking = draft(actor=actor, space=space, order=order, now=now)
    state = State.AWAITING_APPROVAL if asking else State.CONFIRMED
    part = replace(booking, state=state, hold_expires_at=None, quota_id=None, part_of=part_of)
    placed = await put_down(tx, booking=part, space=space, actor=actor, now=now)
    await tx.execute(PART, placed.id, part_of)
    return placed
