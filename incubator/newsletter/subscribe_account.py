"""Subscribe while signed in. Who signs in has shown that the address is theirs, so no second mail is needed; the
words that were agreed to are kept all the same."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.newsletter.ask_to_subscribe import NoConsent
from incubator.newsletter.change_subscription import change_subscription
from incubator.newsletter.consent import NOW_ASKED
from incubator.newsletter.details import Choice
from incubator.newsletter.subscriptions import clean_choice, of_account, subscription, tell
from incubator.newsletter.views import SubscriptionView
from incubator.people.actor import Actor

# One that waited for its link is confirmed with it.
SUBSCRIBE = """
INSERT INTO newsletter_subscription AS own
    (email, locale, gmina_ids, interests, state, words, how, asked_at, confirmed_at, bounces, version)
SELECT email, $2, $3, $4, 'confirmed', $5, 'account', $6, $6, 0, 1 FROM account WHERE id = $1
ON CONFLICT (lower(email)) WHERE state IN ('pending', 'confirmed') DO UPDATE
SET locale = excluded.locale, gmina_ids = excluded.gmina_ids, interests = excluded.interests, words = excluded.words,
    how = excluded.how, state = 'confirmed', asked_at = excluded.asked_at, confirmed_at = excluded.confirmed_at,
    confirm_hash = NULL, version = own.version + 1
RETURNING id
"""


async def subscribe_account(
    tx: Tx, *, actor: Actor, choice: Choice, consent: bool, now: datetime, seen: int | None = None
) -> SubscriptionView:
    """Where one runs already, change what it brings; the consent of then stands. Raises NoConsent, NoSuchGmina,
    ChangedMeanwhile."""
    found = await of_account(tx, actor=actor)
    if found is not None:
        return await change_subscription(tx, found=found, choice=choice, now=now, seen=seen, actor=actor)
    if not consent:
        raise NoConsent()
    locale, gminas, interests = await clean_choice(tx, choice)
    key = await tx.fetchval(SUBSCRIBE, actor.account_id, locale, gminas, interests, NOW_ASKED, now)
    await tell(tx, key, "subscribe", now, actor=actor)
    return await subscription(tx, subscription_id=key)
