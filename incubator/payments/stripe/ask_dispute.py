"""Ask Stripe how a dispute stands. An event says only that there is something to look at."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, attempt, statement
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.checkout import retrieve_intent
from incubator.payments.stripe.disputes import retrieve_dispute
from incubator.payments.stripe.seen import DisputeSeen
from incubator.payments.stripe.settle_dispute import settle_dispute
from incubator.payments.stripe.till import Till

OURS = "SELECT EXISTS (SELECT FROM checkout WHERE id = $1 AND account = $2)"


async def ask_dispute(till: Till, db: Database, *, account: str, dispute_id: str, now: datetime) -> bool:
    """Whether it is of a payment of ours. One that comes before its payment was told has that looked at first. Raises
    NotNow, Declined, NotTheSame."""
    seen = await retrieve_dispute(till.line, account=account, dispute_id=dispute_id)
    if await _settled(till, db, account, seen, now):
        return True
    checkout_id = await _its_checkout(till, db, account, seen)
    if checkout_id is None:
        return False
    for _ in range(2):  # to find its session, where nobody heard of that; then how it was paid
        await ask_checkout(till, db, subject_id=checkout_id, now=now)
        if await _settled(till, db, account, seen, now):
            return True
    return False


async def _settled(till: Till, db: Database, account: str, seen: DisputeSeen, now: datetime) -> bool:
    return await attempt(
        db, lambda tx: settle_dispute(tx, account=account, seen=seen, listeners=till.listeners, now=now)
    )


async def _its_checkout(till: Till, db: Database, account: str, seen: DisputeSeen) -> UUID | None:
    if seen.payment_intent is None:
        return None
    intent = await retrieve_intent(till.line, account=account, intent_id=seen.payment_intent)
    async with statement(db) as tx:
        return intent.checkout_id if await tx.fetchval(OURS, intent.checkout_id, account) else None
