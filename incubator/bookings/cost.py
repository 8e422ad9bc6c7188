"""What a booking costs and what of it is paid, for pages and programs."""

from dataclasses import dataclass, replace
from uuid import UUID

from incubator.bookings.charge import ENTERPRISE, KIND, LATEST, Chosen, chosen_with, has_price, price_of
from incubator.bookings.give_back_price import steps_of
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.payments.queries import charges_about
from incubator.payments.states import ChargeState
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor
from incubator.pricing.keep_quote import kept_quote
from incubator.pricing.price_book import prices_on
from incubator.pricing.rules import Extra
from incubator.pricing.steps_of_list import steps_of_list
from incubator.pricing.views import Quote
from incubator.pricing.views_lists import StepView


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The quote that was kept, or while it is held what it would be; and what was charged by it, moved bookings more
    than once. `steps` are what its list says of calling off, where it is paid for. `extras` are those on offer, `chosen` those that were; `is_aid`, said while it is held: to
    a company less than at the market is charged, unless it wants the full price."""

    quote: Quote | None
    charges: tuple[ChargeView, ...] = ()
    extras: tuple[Extra, ...] = ()
    chosen: frozenset[UUID] = frozenset()
    is_aid: bool = False
    steps: tuple[StepView, ...] = ()

    @property
    def owed(self) -> ChargeView | None:
        """The charge that stands, if one does."""
        return next((one for one in reversed(self.charges) if one.state != ChargeState.CANCELLED), None)

    @property
    def last(self) -> ChargeView | None:
        """The latest charge, if who asks may see any."""
        return self.charges[-1] if self.charges else None


async def cost_of(tx: Tx, *, actor: Actor, booking: BookingView, chosen: Chosen | None = None) -> Cost | None:
    """For who may see the booking; what was charged, for whose money it is alone. While it is held, with what is
    `chosen` but not kept yet. None where nothing is charged, and nothing was."""
    if not await has_price(tx, booking=booking):
        return None
    if booking.state == State.HELD:
        return await _foreseen(tx, booking, chosen)
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    if kept is None:
        return None
    charges = await charges_about(tx, actor=actor, subject_kind=KIND, subject_id=booking.id)
    steps = await steps_of(tx, booking=booking)
    return Cost(quote=await kept_quote(tx, quote_id=kept), charges=tuple(charges), steps=steps)


async def _foreseen(tx: Tx, booking: BookingView, chosen: Chosen | None) -> Cost | None:
    """Extras that are not on offer, for it was moved to the days of another list, are not chosen any more."""
    day = booking.period.start.astimezone(WARSAW).date()
    extras = (await prices_on(tx, space_id=booking.space_id, day=day)).extras
    chosen = chosen or await chosen_with(tx, booking_id=booking.id)
    offered = {one.id for one in extras}
    chosen = replace(chosen, extras=tuple(key for key in chosen.extras if key in offered))
    made = await price_of(tx, booking=booking, chosen=chosen)
    if made is None and not extras:
        return None
    lower = (
        made if not chosen.full_price else await price_of(tx, booking=booking, chosen=replace(chosen, full_price=False))
    )
    less = made is not None and lower is not None and lower.amount.net < lower.market.net
    return Cost(
        quote=made,
        extras=extras,
        chosen=frozenset(chosen.extras),
        is_aid=less and bool(await tx.fetchval(ENTERPRISE, booking.organisation_id)),
        steps=await steps_of_list(tx, list_id=made.list_id) if made is not None and made.amount.gross else (),
    )
