"""Change what a subscription brings: language, gminas, interests."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.newsletter.details import Choice
from incubator.newsletter.states import Subscribed
from incubator.newsletter.subscriptions import NoSuchSubscription, clean_choice, subscription, tell
from incubator.newsletter.views import SubscriptionView
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current

CHANGE = """
UPDATE newsletter_subscription SET locale = $2, gmina_ids = $3, interests = $4, version = version + 1 WHERE id = $1
"""


async def change_subscription(
    tx: Tx,
    *,
    found: SubscriptionView,
    choice: Choice,
    now: datetime,
    seen: int | None = None,
    actor: Actor | None = None,
) -> SubscriptionView:
    """`found` is one that the reader has shown to be theirs: by its link, or signed in. Raises NoSuchSubscription
    when it has ended, NoSuchGmina, ChangedMeanwhile."""
    locked = await subscription(tx, subscription_id=found.id, lock=True)
    if locked.state != Subscribed.CONFIRMED:
        raise NoSuchSubscription()
    must_be_current(locked.version, seen)
    await tx.execute(CHANGE, locked.id, *await clean_choice(tx, choice))
    await tell(tx, locked.id, "change_subscription", now, actor=actor)
    return await subscription(tx, subscription_id=locked.id)
