"""What a booking costs and what of it is paid, for pages and programs."""

from dataclasses import dataclass
from uuid import UUID

from incubator.bookings.charge import ENTERPRISE, KIND, LATEST, has_price, price_of
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

CHOSEN = "SELECT extras FROM booking WHERE id = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The quote that was kept, or while it is held what it would be; and what was charged by it, moved bookings more
    than once. `steps` are what its list says of calling off, where it is paid for. `extras` are those on offer, `chosen` those that were; `for_company` is said while it is held."""

    quote: Quote | None
    charges: tuple[ChargeView, ...] = ()
    extras: tuple[Extra, ...] = ()
    chosen: frozenset[UUID] = frozenset()
    for_company: bool = False
    steps: tuple[StepView, ...] = ()

    @property
    def owed(self) -> ChargeView | None:
        """The charge that stands, if one does."""
        return next((one for one in reversed(self.charges) if one.state != ChargeState.CANCELLED), None)

    @property
    def is_aid(self) -> bool:
        """Whether less is charged to a company than at the market."""
        return self.for_company and self.quote is not None and self.quote.amount.net < self.quote.market.net


async def cost_of(tx: Tx, *, actor: Actor, booking: BookingView) -> Cost | None:
    """For who may see the booking; what was charged, for whose money it is alone. None where nothing is charged, and nothing was."""
    if not await has_price(tx, booking=booking):
        return None
    if booking.state == State.HELD:
        return await _foreseen(tx, booking)
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    if kept is None:
        return None
    charges = await charges_about(tx, actor=actor, subject_kind=KIND, subject_id=booking.id)
    steps = await steps_of(tx, booking=booking)
    return Cost(quote=await kept_quote(tx, quote_id=kept), charges=tuple(charges), steps=steps)


async def _foreseen(tx: Tx, booking: BookingView) -> Cost | None:
    made = await price_of(tx, booking=booking)
    day = booking.period.start.astimezone(WARSAW).date()
    extras = (await prices_on(tx, space_id=booking.space_id, day=day)).extras
    if made is None and not extras:
        return None
    chosen = frozenset(await tx.fetchval(CHOSEN, booking.id))
    for_company = bool(await tx.fetchval(ENTERPRISE, booking.organisation_id))
    steps = await steps_of_list(tx, list_id=made.list_id) if made is not None and made.amount.gross else ()
    return Cost(quote=made, extras=extras, chosen=chosen, for_company=for_company, steps=steps)
