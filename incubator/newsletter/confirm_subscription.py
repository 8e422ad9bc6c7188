"""Say that it was oneself who asked: from now on issues come."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone
from incubator.newsletter.rules import link_is_over
from incubator.newsletter.states import SUBSCRIPTION_ALLOWED, Subscribed
from incubator.newsletter.subscriptions import by_confirming, subscription, tell
from incubator.newsletter.views import SubscriptionView


class ConfirmingIsOver(Gone):
    """The week is over, or who asked has left since."""

    code = "confirming_is_over"
    sentence = N_("This link is too old. Please ask for the newsletter again.")


# The link goes on to lead here: who presses twice, or whose mail program did, is told the same.
CONFIRM = """
UPDATE newsletter_subscription SET state = 'confirmed', confirmed_at = $2, version = version + 1 WHERE id = $1
"""


async def look_at_confirming(tx: Tx, *, secret: str, now: datetime) -> SubscriptionView:
    """What the button would confirm. Raises NoSuchSubscription, ConfirmingIsOver."""
    found = await by_confirming(tx, secret=secret)
    if found.state != Subscribed.CONFIRMED and (
        Subscribed.CONFIRMED not in SUBSCRIPTION_ALLOWED[Subscribed(found.state)]
        or link_is_over(asked_at=found.asked_at, now=now)
    ):
        raise ConfirmingIsOver()
    return found


async def confirm_subscription(tx: Tx, *, secret: str, now: datetime) -> SubscriptionView:
    """Raises NoSuchSubscription, ConfirmingIsOver."""
    found = await by_confirming(tx, secret=secret)
    await subscription(tx, subscription_id=found.id, lock=True)
    found = await look_at_confirming(tx, secret=secret, now=now)
    if found.state == Subscribed.CONFIRMED:
        return found
    await tx.execute(CONFIRM, found.id, now)
    await tell(tx, found.id, "confirm_subscription", now)
    return await subscription(tx, subscription_id=found.id)
