"""Call off what somebody could still pay when they leave the house. What was paid stays, as the law on accounts
asks: amounts and numbers of Stripe, no name and no address. The address goes as soon as a checkout is over."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.payments.stripe.end_checkout import call_off_checkouts
from incubator.people.actor import Actor

LIVE = "SELECT charge_id FROM checkout WHERE account_id = $1 AND state IN ('wanted', 'open')"


async def forget_payer(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For an erasure."""
    for row in await tx.fetch(LIVE, actor.account_id):
        await call_off_checkouts(tx, charge_id=row["charge_id"], now=now)
