"""A mail that was refused for good, at once or by a mail that came back later."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.rules import ends_subscription
from incubator.newsletter.states import Subscribed
from incubator.newsletter.unsubscribe import end

# Once for each copy, however often its refusal is told.
BOUNCED = """
UPDATE newsletter_delivery SET state = 'failed', bounced = true, error = CASE WHEN error = '' THEN $3 ELSE error END
WHERE issue_id = $1 AND subscription_id = $2 AND NOT bounced AND state IN ('sent', 'failed', 'unknown', 'handing')
RETURNING subscription_id
"""
COUNT = "UPDATE newsletter_subscription SET bounces = bounces + 1 WHERE id = $1 RETURNING bounces"


async def note_bounce(tx: Tx, *, issue_id: UUID, subscription_id: UUID, status: str, now: datetime) -> bool:
    """Count it and, where nobody is there or it was not the first, end the subscription. Whether it was news."""
    if await tx.fetchval(BOUNCED, issue_id, subscription_id, status) is None:
        return False
    bounces = await tx.fetchval(COUNT, subscription_id)
    if ends_subscription(status=status, bounces=bounces):
        await end(tx, subscription_id=subscription_id, to=Subscribed.BOUNCED, now=now)
    return True
