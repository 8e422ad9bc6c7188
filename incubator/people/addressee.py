"""Whom a mail goes to."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a person's mail goes, how they are called, and the language they read."""

    email: str
    name: str
    locale: str


ADDRESSEE = "SELECT email, name, locale FROM account WHERE id = $1 AND email IS NOT NULL"


async def addressee(tx: Tx, *, account_id: UUID) -> Addressee | None:
    """Whom to write to; nobody where the account was erased."""
    row = await tx.fetchrow(ADDRESSEE, account_id)
    return None if row is None else Addressee(**row)
