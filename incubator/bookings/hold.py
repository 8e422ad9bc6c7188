"""Hold a space for somebody, or book it outright: the act that everything else follows from."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import charge_booking, choose, quote_booking
from incubator.bookings.draft import Order, draft, wish_of
from incubator.bookings.expire import expire_overdue
from incubator.bookings.pay_first import firm_up, may_ask_first, must_be_firm_at_once
from incubator.bookings.place import RulesChanged, SlotTaken, TooManyHolds, place
from incubator.bookings.rules import check
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import Forbidden, Invalid
from incubator.kernel.period import Period
from incubator.passes.draw_down import draw_down
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, kept_space, space_to_book


async def hold(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    period: Period,
    organisation_id: UUID | None = None,
    title: str = "",
    note: str = "",
    attendees: int | None = None,
    outright: bool = False,
    series: tuple[UUID, int] | None = None,
    full_price: bool = False,
    now: datetime,
) -> BookingView:
    """Hold the space for `hold_minutes`, or with `outright` book it at once: confirmed, or awaiting
    approval where the space asks for one, or its payment where that comes first.

    `tx` may be a bare connection. Raises SlotTaken, QuotaSpent, TooManyHolds, StandingChanged,
    RulesChanged, NotAMember, NoSuchSpace, NoSuchExtra, and what the rules and granting aid raise.
    """

    order = Order(
        space_id=space_id,
        period=period,
        organisation_id=organisation_id,
        title=title,
        note=note,
        attendees=attendees,
        outright=outright,
        series=series,
        full_price=full_price,
    )
    return await hold_order(tx, actor=actor, order=order, now=now)


async def hold_order(tx: Tx, *, actor: Actor, order: Order, now: datetime) -> BookingView:
    """As `hold`."""

    async def by(space: SpaceToBook) -> BookingView:
        if not (space.priced or order.extras):
            booking = judged(actor=actor, space=space, order=order, now=now)
            return await put_down(tx, booking=booking, space=space, actor=actor, now=now)
        async with tx.transaction():
            # What may have to be paid first is held, and goes on from there in the same go.
            kept = replace(order, outright=order.outright and not await _may_ask_first(tx, space, order))
            booking = judged(actor=actor, space=space, order=kept, now=now)
            placed = await put_down(tx, booking=booking, space=space, actor=actor, now=now)
            return await _price(tx, placed, order, actor, now)

    kept = kept_space(space_id=order.space_id, span=order.period)
    if kept is not None:
        # By rules read before: the statement that books knows whether they still stand, and who is
        # refused by them is judged again by today's.
        with suppress(Invalid, Forbidden, RulesChanged):
            return await by(kept)
    return await by(await space_to_book(tx, space_id=order.space_id, span=order.period))


async def _may_ask_first(tx: Tx, space: SpaceToBook, order: Order) -> bool:
    if space.needs_approval or order.series is not None:
        return False
    begins, organisation_id = order.period.start, order.organisation_id
    return await may_ask_first(tx, space_id=space.id, begins=begins, organisation_id=organisation_id)


async def _price(tx: Tx, placed: BookingView, order: Order, actor: Actor, now: datetime) -> BookingView:
    """The booking as it is then. Raises NoSuchExtra, NotConnected, NotPayableOnline,
    SeriesPaidFirst, and what granting aid raises."""
    await choose(tx, booking_id=placed.id, extras=order.extras, full_price=order.full_price)
    if placed.state == State.CONFIRMED:
        if order.series is not None:
            await must_be_firm_at_once(tx, booking=placed, now=now)
        await charge_booking(tx, booking=placed, by=actor.account_id, now=now, ask=order.series is None)
    elif placed.state == State.AWAITING_APPROVAL:
        await quote_booking(tx, booking=placed, now=now)
    elif order.outright:
        by = actor.account_id
        return await firm_up(tx, booking=placed, verb="book", actor_id=by, pay_by=order.pay_by, now=now)
    return placed


def judged(*, actor: Actor, space: SpaceToBook, order: Order, now: datetime) -> BookingView:
    """The booking as it will be, when the rules have nothing against it. Raises what they raise, and
    NotAMember."""
    wish = wish_of(
        actor=actor,
        space=space,
        organisation_id=order.organisation_id,
        period=order.period,
        attendees=order.attendees,
        now=now,
    )
    check(wish, space)
    return draft(actor=actor, space=space, order=order, now=now)


async def put_down(tx: Tx, *, booking: BookingView, space: SpaceToBook, actor: Actor, now: datetime) -> BookingView:
    """Raises SlotTaken, QuotaSpent, TooManyHolds, StandingChanged, RulesChanged."""
    placed = await _place(tx, booking=booking, space=space, actor=actor, now=now)
    # Perhaps what stands in the way is a hold that has lapsed and was not tidied up yet.
    if placed is None and await expire_overdue(tx, now=now, resource_ids=space.resource_ids):
        placed = await place(tx, booking=booking, space=space, holder=actor, now=now)
    if placed is not None and placed.state == State.CONFIRMED:
        await draw_down(tx, credit_ids=[placed.credit_id], by=actor.account_id, now=now)
    if placed is not None:
        return placed
    raise SlotTaken(booking.space_id, booking.period)


async def _place(
    tx: Tx, *, booking: BookingView, space: SpaceToBook, actor: Actor, now: datetime
) -> BookingView | None:
    """As `place`; holds of the person that have lapsed do not count."""
    try:
        return await place(tx, booking=booking, space=space, holder=actor, now=now)
    except TooManyHolds:
        # A broken check ends a transaction that is open: there the job has to tidy up first.
        if tx.is_in_transaction() or not await expire_overdue(tx, now=now, account_id=actor.account_id):
            raise
    return await place(tx, booking=booking, space=space, holder=actor, now=now)
