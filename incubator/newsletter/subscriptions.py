"""Subscriptions, read and locked: every verb about one goes through here."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.ids import digest
from incubator.newsletter.details import Choice
from incubator.newsletter.interests import in_order
from incubator.newsletter.links import may_manage, may_stop
from incubator.newsletter.views import SubscriptionView
from incubator.people.actor import Actor
from incubator.places.queries import NoSuchGmina


class NoSuchSubscription(NotFound):
    """A link that is not ours or of somebody who left long ago, or an account that has no subscription."""

    code = "no_such_subscription"
    sentence = N_("There is no such subscription to the newsletter, or no longer.")


VIEW = """
SELECT id, coalesce(email, '') AS email, locale, gmina_ids, interests, state, words, how, asked_at, confirmed_at, version
FROM newsletter_subscription
"""
BY_ID = f"{VIEW} WHERE id = $1"
BY_CONFIRMING = f"{VIEW} WHERE confirm_hash = $1"
OF_ACCOUNT = f"""
{VIEW} WHERE state = 'confirmed' AND lower(email) = (SELECT lower(account.email) FROM account WHERE account.id = $1)
"""
LOCK = "SELECT id FROM newsletter_subscription WHERE id = $1 FOR NO KEY UPDATE"
UNKNOWN = "SELECT count(*) < cardinality($1::uuid[]) FROM gmina WHERE id = ANY($1::uuid[])"


async def by_manage_link(tx: Tx, *, subscription_id: UUID, given: str, lock: bool = False) -> SubscriptionView:
    """Raises NoSuchSubscription, also for a wrong seal."""
    if not may_manage(subscription_id, given):
        raise NoSuchSubscription()
    return await subscription(tx, subscription_id=subscription_id, lock=lock)


async def by_stop_link(tx: Tx, *, subscription_id: UUID, given: str, lock: bool = False) -> SubscriptionView:
    """Raises NoSuchSubscription, also for a wrong seal."""
    if not may_stop(subscription_id, given):
        raise NoSuchSubscription()
    return await subscription(tx, subscription_id=subscription_id, lock=lock)


async def by_confirming(tx: Tx, *, secret: str) -> SubscriptionView:
    """What the link in the first mail would confirm. Raises NoSuchSubscription."""
    return _view(await tx.fetchrow(BY_CONFIRMING, digest(secret)))


async def of_account(tx: Tx, *, actor: Actor) -> SubscriptionView | None:
    """The one that runs for the account's address."""
    row = await tx.fetchrow(OF_ACCOUNT, actor.account_id)
    return None if row is None else SubscriptionView(**row)


async def own_subscription(tx: Tx, *, actor: Actor, lock: bool = False) -> SubscriptionView:
    """Raises NoSuchSubscription."""
    found = await of_account(tx, actor=actor)
    if found is None:
        raise NoSuchSubscription()
    return await subscription(tx, subscription_id=found.id, lock=lock)


async def subscription(tx: Tx, *, subscription_id: UUID, lock: bool = False) -> SubscriptionView:
    """Whoever asks: a job, or a verb that has looked. Raises NoSuchSubscription."""
    if lock:
        await tx.execute(LOCK, subscription_id)
    return _view(await tx.fetchrow(BY_ID, subscription_id))


async def clean_choice(tx: Tx, choice: Choice) -> tuple[str, list[UUID], list[str]]:
    """Language, gminas and interests, each once. Raises NoSuchGmina."""
    gminas = sorted(set(choice.gmina_ids))
    if await tx.fetchval(UNKNOWN, gminas):
        raise NoSuchGmina()
    return choice.locale, gminas, in_order(choice.interests)


async def tell(tx: Tx, subscription_id: UUID, verb: str, now: datetime, *, actor: Actor | None = None) -> None:
    """Into the history: what was done, and never the address."""
    actor_id = actor.account_id if actor else None
    await record(
        tx,
        now=now,
        actor_id=actor_id,
        verb=verb,
        subject_kind="newsletter_subscription",
        subject_id=subscription_id,
    )


def _view(row: asyncpg.Record | None) -> SubscriptionView:
    if row is None:
        raise NoSuchSubscription()
    return SubscriptionView(**row)
