"""Say which account at Stripe is a gmina's, and keep in mind whether it takes payments."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.db.history import record
from incubator.jobs.enqueue import enqueue
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.payments.stripe.balance import retrieve_account
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.till import ASK_ACCOUNT, Till
from incubator.people.actor import Actor
from incubator.people.guards import NotYours


class NotAnAccount(Invalid):
    """Accounts at Stripe are called acct_ and letters and digits."""

    code = "not_a_stripe_account"
    sentence = N_("“{account}” is not the number of an account at Stripe. It begins with acct_.")

    def __init__(self, account: str) -> None:
        super().__init__()
        self.account = account


class AccountOfAnother(Conflict):
    """Money of two gminas never meets."""

    code = "stripe_account_of_another"
    sentence = N_("This account at Stripe belongs to another gmina.")


# Who connects the same gmina at once waits: whoever is in the way of the rule of the account is another gmina.
LOCK = "SELECT FROM gmina WHERE id = $1 FOR NO KEY UPDATE"
CONNECT = """
INSERT INTO stripe_account (gmina_id, account, error, version) VALUES ($1, $2, '', 1)
ON CONFLICT (gmina_id) DO UPDATE SET account = $2, charges_since = NULL, asked_at = NULL, error = '',
    version = stripe_account.version + 1
WHERE stripe_account.account <> $2
RETURNING version
"""
ACCOUNT = "SELECT account FROM stripe_account WHERE gmina_id = $1"
NOTE = """
UPDATE stripe_account SET asked_at = $3, error = $4, version = version + 1,
    charges_since = CASE WHEN $2 THEN coalesce(charges_since, $3) END
WHERE account = $1 RETURNING gmina_id
"""


async def connect_account(tx: Tx, *, actor: Actor, gmina_id: UUID, account: str, now: datetime) -> None:
    """By an administrator, for whoever names the account says where money goes. It takes payments once Stripe says
    that it may, which is asked at once. Raises NotYours, NotAnAccount, AccountOfAnother."""
    if not actor.is_administrator:
        raise NotYours()
    await tx.execute(LOCK, gmina_id)
    try:
        async with tx.transaction():
            changed = await tx.fetchval(CONNECT, gmina_id, account)
    except asyncpg.CheckViolationError:
        raise NotAnAccount(account) from None
    except asyncpg.UniqueViolationError:
        raise AccountOfAnother() from None
    if changed is not None:
        await record(
            tx,
            now=now,
            actor_id=actor.account_id,
            verb="connect_stripe",
            subject_kind="gmina",
            subject_id=gmina_id,
            gmina_id=gmina_id,
            after={"account": account},
        )
    await enqueue(tx, job=ASK_ACCOUNT, subject_id=gmina_id)


async def note_account(tx: Tx, *, account: str, charges: bool, now: datetime, why: str = "") -> None:
    """Stripe says whether the account takes payments."""
    await tx.execute(NOTE, account, charges, now, why)


async def ask_account(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> None:
    """Ask Stripe whether the account of the gmina `subject_id` takes payments. Raises NotNow."""
    async with statement(db) as tx:
        account: str | None = await tx.fetchval(ACCOUNT, subject_id)
    if account is None:
        return
    charges, why = False, ""
    try:
        charges = (await retrieve_account(till.line, account)).charges_enabled
    except Declined as no:
        why = no.reason
    await attempt(db, lambda tx: note_account(tx, account=account, charges=charges, now=now, why=why))
