"""What was asked for is had: firm at once, or kept until it is paid where the price list says so."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import KIND, has_price, quote_booking
from incubator.bookings.pay_rules import PayBy, pay_until
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import WARSAW
from incubator.payments.pay_online import must_be_payable_online
from incubator.pricing.keep_quote import kept_quote
from incubator.pricing.payment_terms import PaymentTerms, payment_terms, payment_terms_on

EVER_OWED = """
SELECT EXISTS (SELECT FROM charge WHERE subject_kind = $1 AND subject_id = $2 AND state <> 'cancelled')
"""
OWED = "SELECT EXISTS (SELECT FROM charge WHERE subject_kind = $1 AND subject_id = $2 AND quote_id = $3)"


class PaidFirstHere(Conflict):
    """A request cannot be moved to where it would be firm at once, and is to be paid first."""

    code = "paid_first_here"
    sentence = N_("There one pays first. Please give this request up and book that time anew.")


async def firm_up(
    tx: Tx,
    *,
    booking: BookingView,
    verb: str,
    actor_id: UUID | None,
    pay_by: PayBy | None = None,
    decided_by: UUID | None = None,
    now: datetime,
) -> BookingView:
    """Confirmed; or awaiting its payment, owed and kept until it is paid. Raises what `settle` does, and NotConnected,
    NotPayableOnline where it is to be paid online and cannot be."""
    terms, due = await _asked_first(tx, booking, now)
    until = None
    if terms is not None:
        pay_by = pay_by or PayBy.TRANSFER
        if pay_by == PayBy.ONLINE:
            await must_be_payable_online(tx, gmina_id=booking.gmina_id, amount=due)
        until = pay_until(pay_by=pay_by, due_days=terms.due_days, begins=booking.period.start, now=now)
    return await settle(
        tx,
        booking=booking,
        to=State.CONFIRMED if until is None else State.AWAITING_PAYMENT,
        verb=verb,
        actor_id=actor_id,
        decided_by=decided_by,
        until=until,
        now=now,
    )


async def _asked_first(tx: Tx, booking: BookingView, now: datetime) -> tuple[PaymentTerms | None, int]:
    """By the list that it is quoted by, and what is due then. A date of a series is firm, and so is what was owed
    before: a booking that was firm, and was moved."""
    if booking.series_id is not None or not await has_price(tx, booking=booking):
        return None, 0
    quote_id = await quote_booking(tx, booking=booking, now=now)
    if quote_id is None or await tx.fetchval(OWED, KIND, booking.id, quote_id):
        return None, 0
    made = await kept_quote(tx, quote_id=quote_id)
    terms = await payment_terms(tx, list_id=made.list_id)
    first = made.due > 0 and terms.asks_first(a_person=booking.organisation_id is None)
    return terms if first else None, made.due


async def may_ask_first(tx: Tx, *, space_id: UUID, begins: datetime, organisation_id: UUID | None) -> bool:
    """Whether the list in force on its day asks who books for themself, or for this organisation, to pay first."""
    terms = await payment_terms_on(tx, space_id=space_id, day=begins.astimezone(WARSAW).date())
    return terms.asks_first(a_person=organisation_id is None)


async def must_not_ask_first(tx: Tx, *, booking: BookingView, space_id: UUID, begins: datetime) -> None:
    """For a request that would be firm by being moved there. Raises PaidFirstHere."""
    if booking.series_id is not None or await tx.fetchval(EVER_OWED, KIND, booking.id):
        return
    if await may_ask_first(tx, space_id=space_id, begins=begins, organisation_id=booking.organisation_id):
        raise PaidFirstHere()
