"""Offer to pay a charge by card, BLIK or Przelewy24."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.payments.stripe.till import OPEN_CHECKOUT, StripeOff, Till

SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=59)
"""Stripe takes 30 minutes to 24 hours from when it hears of it."""
LEAST, MOST = 200, 99_999_999
"""Grosz that Stripe takes at once in złoty."""
PATIENCE = timedelta(minutes=2)


class NotConnected(Conflict):
    """The gmina's account at Stripe cannot take payments (yet)."""

    code = "stripe_not_connected"
    sentence = N_("Payments by card and BLIK do not work in this gmina yet. Please pay by transfer.")


class NotPayableOnline(Invalid):
    """Too little or too much for Stripe. Amounts are in grosz."""

    code = "not_payable_online"
    sentence = N_("This amount cannot be paid by card or BLIK. Please pay by transfer.")

    def __init__(self, amount: int) -> None:
        super().__init__()
        self.amount = amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be paid. `text` is read on the page of Stripe. `back` is the path of the page where what is owed
    stands. `account_id` is who pays."""

    charge_id: UUID
    gmina_id: UUID
    account_id: UUID
    amount: int
    text: str
    locale: str
    email: str
    back: str


ACCOUNT = "SELECT account FROM stripe_account WHERE gmina_id = $1 AND charges_since IS NOT NULL FOR SHARE"
WANT = """
INSERT INTO checkout (charge_id, gmina_id, account, account_id, amount, text, locale, email, back, state, attempt,
    error, wanted_at, expires_at, ask_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'wanted', 1, '', $10, $11, $12)
ON CONFLICT (charge_id) WHERE state IN ('wanted', 'open') DO NOTHING RETURNING id
"""
LIVE = "SELECT id FROM checkout WHERE charge_id = $1 AND state IN ('wanted', 'open')"


async def want_checkout(tx: Tx, *, till: Till, order: Order, until: datetime, now: datetime) -> UUID:
    """The checkout by which the charge can be paid `until` about then (Stripe wants 30 minutes to 24 hours); the
    one that there is, if there is one. Raises StripeOff, NotConnected, NotPayableOnline."""
    if not till.on:
        raise StripeOff()
    if not LEAST <= order.amount <= MOST:
        raise NotPayableOnline(order.amount)
    account = await tx.fetchval(ACCOUNT, order.gmina_id)
    if account is None:
        raise NotConnected()
    ends = min(max(until, now + SHORTEST), now + LONGEST)
    given = (order.amount, order.text, order.locale, order.email, order.back, now, ends, now + PATIENCE)
    made: UUID | None = await tx.fetchval(WANT, order.charge_id, order.gmina_id, account, order.account_id, *given)
    if made is None:
        found: UUID = await tx.fetchval(LIVE, order.charge_id)
        return found
    await enqueue(tx, job=OPEN_CHECKOUT, subject_id=made)
    return made
