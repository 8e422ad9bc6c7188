"""Make the first administrator, from the command line."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people import rules

ACCOUNT = """
INSERT INTO account (email, name, locale, created_at, version) VALUES ($1, $2, 'pl', $3, 1)
ON CONFLICT (email) DO UPDATE SET version = account.version RETURNING id
"""
GRANT = "INSERT INTO role_grant (account_id, role, granted_at) VALUES ($1, 'administrator', $2) ON CONFLICT DO NOTHING"


async def create_admin(tx: Tx, *, email: str, name: str, now: datetime) -> UUID:
    """The account of `email`, made if there is none, as administrator. Saying it twice does no harm.
    Raises BadEmail, NameMissing."""
    account_id: UUID = await tx.fetchval(ACCOUNT, rules.email_address(email), rules.name(name), now)
    await tx.execute(GRANT, account_id, now)
    after = {"role": "administrator"}
    await record(
        tx, now=now, actor_id=None, verb="grant_role", subject_kind="account", subject_id=account_id, after=after
    )
    return account_id
