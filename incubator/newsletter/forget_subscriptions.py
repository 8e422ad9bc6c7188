"""Subscriptions are not kept for ever: who never confirmed goes after a month; of who left, the address and the
choice go three years later, and the row stays for the counts of the issues."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.newsletter.rules import ENDED_KEPT, PENDING_KEPT
from incubator.people.actor import Actor

PENDING = "DELETE FROM newsletter_subscription WHERE state = 'pending' AND asked_at < $1"
EMPTY = """
UPDATE newsletter_subscription SET email = NULL, gmina_ids = '{}', interests = '{}', confirm_hash = NULL,
    state = CASE WHEN state = 'bounced' THEN 'bounced' ELSE 'unsubscribed' END, ended_at = coalesce(ended_at, $2),
    version = version + 1
"""
ENDED = f"{EMPTY} WHERE email IS NOT NULL AND ended_at < $1"
OF_ADDRESS = f"{EMPTY} WHERE lower(email) = (SELECT lower(account.email) FROM account WHERE account.id = $1)"


TRIALS = "DELETE FROM newsletter_trial WHERE account_id = $1"


async def forget_subscriptions(tx: Tx, *, now: datetime) -> None:
    await tx.execute(PENDING, now - PENDING_KEPT)
    await tx.execute(ENDED, now - ENDED_KEPT, now)


async def forget_reader(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Who erases their account is a reader no longer, and their address is gone; nothing is tried out on them."""
    await tx.execute(TRIALS, actor.account_id)
    await tx.execute(OF_ADDRESS, actor.account_id, now)
