"""Leave the newsletter. From this moment nothing more is handed over, also of an issue that is just going out."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.states import SUBSCRIPTION_ALLOWED, Subscribed
from incubator.newsletter.subscriptions import subscription, tell
from incubator.people.actor import Actor

END = """
UPDATE newsletter_subscription SET state = $2, ended_at = $3, version = version + 1 WHERE id = $1
"""


async def unsubscribe(tx: Tx, *, subscription_id: UUID, now: datetime, actor: Actor | None = None) -> None:
    """Whoever calls has shown to be the reader. Twice is once. Raises NoSuchSubscription."""
    await end(tx, subscription_id=subscription_id, to=Subscribed.UNSUBSCRIBED, now=now, actor=actor)


async def end(tx: Tx, *, subscription_id: UUID, to: Subscribed, now: datetime, actor: Actor | None = None) -> None:
    """Raises NoSuchSubscription."""
    found = await subscription(tx, subscription_id=subscription_id, lock=True)
    if to not in SUBSCRIPTION_ALLOWED[Subscribed(found.state)]:
        return
    await tx.execute(END, subscription_id, to, now)
    await tell(tx, subscription_id, "unsubscribe" if to == Subscribed.UNSUBSCRIBED else "bounce", now, actor=actor)
