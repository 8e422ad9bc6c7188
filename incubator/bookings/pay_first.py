"""What was asked for is had: firm at once, or kept until it is paid where the price list says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import has_price, price_of, quote_booking
from incubator.bookings.owed import owed_for
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


class PaidFirstHere(Conflict):
    """A request cannot be moved to where it would be firm at once, and is to be paid first."""

    code = "paid_first_here"
    sentence = N_("There one pays first. Please give this request up and book that time anew.")


@dataclass(eq=False)
class DearerIsPaidFirst(Conflict):
    """What is firm would cost more where it is moved to: `would_cost`, which is `more` than is owed for it. Grosz."""

    code = "dearer_paid_first"
    sentence = N_(
        "Here one pays first, and this would cost {would_cost}, {more} more than before. Please book the further time by"
        " itself, or cancel this booking and book anew. The coordinator can also change it for you."
    )
    would_cost: int
    more: int


class SeriesPaidFirst(Conflict):
    """A date of a series would be firm, with its price owed afterwards."""

    code = "series_paid_first"
    sentence = N_("Here one pays first, so dates that have a price are booked one by one, not as a series.")


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
    """By the list that it is quoted by, and what is due then. What was owed before is firm: a booking that was firm,
    and was moved; a request from before the first list stays free."""
    if not await has_price(tx, booking=booking):
        return None, 0
    quote_id = await quote_booking(tx, booking=booking, now=now)
    if quote_id is None:
        return None, 0
    made = await kept_quote(tx, quote_id=quote_id)
    if made.due <= await owed_for(tx, booking_id=booking.id):
        return None, 0
    terms = await payment_terms(tx, list_id=made.list_id)
    return terms if terms.asks_first(a_person=booking.organisation_id is None) else None, made.due


async def must_be_firm_at_once(tx: Tx, *, booking: BookingView, now: datetime) -> None:
    """For a date of a series that has been put down. Raises SeriesPaidFirst, NoSuchExtra, PeopleMissing."""
    terms, _ = await _asked_first(tx, booking, now)
    if terms is not None:
        raise SeriesPaidFirst()


async def may_ask_first(tx: Tx, *, space_id: UUID, begins: datetime, organisation_id: UUID | None) -> bool:
    """Whether the list in force on its day asks who books for themself, or for this organisation, to pay first."""
    terms = await payment_terms_on(tx, space_id=space_id, day=begins.astimezone(WARSAW).date())
    return terms.asks_first(a_person=organisation_id is None)


async def must_be_paid_for(tx: Tx, *, before: BookingView, moved: BookingView) -> None:
    """For what is firm where it is moved to. Raises DearerIsPaidFirst, PaidFirstHere."""
    due, more = await missing_first(tx, moved=moved)
    if more and before.state == State.AWAITING_APPROVAL:
        raise PaidFirstHere()
    if more:
        raise DearerIsPaidFirst(due, more)


async def missing_first(tx: Tx, *, moved: BookingView) -> tuple[int, int]:
    """What a booking costs where it is moved to, and how much of that is neither owed for it already nor may be owed
    afterwards."""
    begins, organisation_id = moved.period.start, moved.organisation_id
    if not await may_ask_first(tx, space_id=moved.space_id, begins=begins, organisation_id=organisation_id):
        return 0, 0
    made = await price_of(tx, booking=moved, moved=True)
    due = 0 if made is None else made.due
    return due, max(due - await owed_for(tx, booking_id=moved.id), 0)
