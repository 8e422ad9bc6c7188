"""Disputes, asked for as values."""

import msgspec

from incubator.payments.stripe.client import Stripe
from incubator.payments.stripe.seen import DisputeSeen


async def retrieve_dispute(stripe: Stripe, *, account: str, dispute_id: str) -> DisputeSeen:
    """With what was booked for it. Raises NotNow, Declined."""
    found = await stripe.ask(
        lambda line: line.v1.disputes.retrieve_async(dispute_id, None, {"stripe_account": account})
    )
    return msgspec.convert(found.to_dict(), DisputeSeen)
