"""What pages say of paying: before one books, when it has to be paid, and how; afterwards, until when it waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from incubator.bookings.charge import KIND
from incubator.bookings.cost import Cost
from incubator.bookings.pay_rules import PayBy, pay_until, transfer_is_late
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import Conflict, Invalid, Unavailable
from incubator.payments.pay_online import must_be_payable_online, pay_online, takes_cards
from incubator.payments.queries_bank import bank_account_on
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.want_checkout import NotPayableOnline
from incubator.payments.under_way import lapsing_charges
from incubator.payments.views import BankAccountView, ChargeView
from incubator.people.actor import Actor
from incubator.people.visit import Visit
from incubator.pricing.payment_terms import payment_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How what is about to be booked is paid: within `due_days`, or `first`. Then it is kept until `by_transfer`, or
    `online` where the gmina takes cards; `hurry`: a transfer would hardly come in time."""

    due_days: int
    first: bool = False
    by_transfer: datetime | None = None
    online: datetime | None = None
    hurry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What a booking waits for, and by which ways it can be paid."""

    charge: ChargeView
    account: BankAccountView | None
    cards: bool


async def asked_of(tx: Tx, visit: Visit, booking: BookingView, cost: Cost | None) -> Asked | None:
    """None where it costs nothing. For an extra chosen on the page it may cost something after all."""
    if cost is None or cost.quote is None or not (cost.quote.due or cost.extras):
        return None
    terms = await payment_terms(tx, list_id=cost.quote.list_id)
    if not terms.asks_first(a_person=booking.organisation_id is None):
        return Asked(due_days=terms.due_days)
    begins, now, days = booking.period.start, visit.now, terms.due_days
    cards = await _cards(tx, till_of(visit), booking.gmina_id, cost.quote.due)
    return Asked(
        due_days=days,
        first=True,
        by_transfer=pay_until(pay_by=PayBy.TRANSFER, due_days=days, begins=begins, now=now),
        online=pay_until(pay_by=PayBy.ONLINE, due_days=days, begins=begins, now=now) if cards else None,
        hurry=transfer_is_late(begins=begins, now=now),
    )


async def paying_of(tx: Tx, visit: Visit, booking: BookingView, cost: Cost | None) -> Paying | None:
    """For who may see what is owed; None where it waits for nothing."""
    charge = cost.owed if cost is not None else None
    if booking.state != State.AWAITING_PAYMENT or charge is None or not charge.to_pay:
        return None
    return Paying(
        charge=charge,
        account=await bank_account_on(tx, gmina_id=charge.gmina_id, now=visit.now),
        cards=await takes_cards(tx, till=till_of(visit), gmina_id=charge.gmina_id),
    )


async def onward(visit: Visit, booking: BookingView, pay_by: PayBy | None) -> Response[Any]:
    """From a booking that was just confirmed: straight on to its checkout, or to what was done. Where the checkout
    cannot be had after all, the page of the booking says how else it is paid."""
    if booking.state == State.AWAITING_PAYMENT and pay_by == PayBy.ONLINE:
        try:
            checkout_id = await visit.do(_begin_to_pay, booking_id=booking.id, till=till_of(visit), locale=visit.locale)
        except (Conflict, Invalid, Unavailable):
            return Redirect(f"/bookings/{booking.id}", status_code=303)
        return Redirect(f"/checkouts/{checkout_id}", status_code=303)
    return Redirect(f"/bookings/{booking.id}/done", status_code=303)


async def _begin_to_pay(tx: Tx, *, actor: Actor, booking_id: UUID, till: Till, locale: str, now: datetime) -> UUID:
    (charge_id,) = await lapsing_charges(tx, subject_kind=KIND, subject_id=booking_id)
    return await pay_online(tx, till=till, actor=actor, charge_id=charge_id, locale=locale, now=now)


def till_of(visit: Visit) -> Till:
    found: Till = visit.request.app.state.till
    return found


async def _cards(tx: Tx, till: Till, gmina_id: UUID, due: int) -> bool:
    if not await takes_cards(tx, till=till, gmina_id=gmina_id):
        return False
    try:
        await must_be_payable_online(tx, gmina_id=gmina_id, amount=due)
    except NotPayableOnline:
        return False
    return True
