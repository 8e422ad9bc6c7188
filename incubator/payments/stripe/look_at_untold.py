"""Ask once a day for what Stripe does by itself and may not have told: disputes and payouts."""

import logging
from collections.abc import Awaitable, Iterable
from datetime import datetime, timedelta

from incubator.db.engine import Database, statement
from incubator.payments.stripe.ask_dispute import ask_dispute
from incubator.payments.stripe.ask_payout import ask_payout
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.seen import OWN, TransactionSeen
from incubator.payments.stripe.settle_checkout import NotTheSame
from incubator.payments.stripe.till import Till

log = logging.getLogger(__name__)

MAY_FAIL = timedelta(days=10)
"""A bank may send a payout back some working days after Stripe called it paid."""
DISPUTES = """
SELECT stripe_id FROM stripe_dispute WHERE account = $1 AND state = 'open'
UNION SELECT source FROM unnest($2::text[], $3::text[]) AS booked (id, source)
WHERE NOT EXISTS (SELECT FROM stripe_dispute_move WHERE stripe_id = booked.id) ORDER BY 1
"""
PAYOUTS = """
SELECT stripe_id FROM stripe_payout WHERE account = $1 AND (state = 'sent' OR sent_at > $2 AND (state = 'paid' OR made_of IS NULL))
UNION SELECT source FROM unnest($3::text[]) AS booked (source)
WHERE NOT EXISTS (SELECT FROM stripe_payout WHERE stripe_id = booked.source) ORDER BY 1
"""


async def look_at_untold(
    till: Till, db: Database, *, account: str, booked: Iterable[TransactionSeen], now: datetime
) -> None:
    """Those of the account that have not come to their end, and those that are `booked` and not known. One that Stripe
    will not show, or that is none of ours, is listed as a difference. Raises NotNow."""
    of_disputes = [(one.id, one.source) for one in booked if one.of_dispute and one.source]
    of_payouts = [one.source for one in booked if one.type in OWN and one.source]
    async with statement(db) as tx:
        ids, sources = [one for one, _ in of_disputes], [one for _, one in of_disputes]
        disputes = [row["stripe_id"] for row in await tx.fetch(DISPUTES, account, ids, sources)]
        payouts = [row["stripe_id"] for row in await tx.fetch(PAYOUTS, account, now - MAY_FAIL, of_payouts)]
    for key in disputes:
        await _look(ask_dispute(till, db, account=account, dispute_id=key, now=now), key)
    for key in payouts:
        await _look(ask_payout(till, db, account=account, payout_id=key, now=now), key)


async def _look(asked: Awaitable[object], key: str) -> None:
    try:
        await asked
    except (Declined, NotTheSame) as error:
        log.warning("stripe booked what is none of ours", extra={"source": key, "reason": str(error)})
