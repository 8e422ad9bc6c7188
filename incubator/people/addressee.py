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


BELONGS = "SELECT FROM membership WHERE organisation_id = $2 AND account_id = $1"
# Who was erased has no address.
ADDRESSEES = f"""
WITH belongs AS ({BELONGS})
SELECT email, name, locale FROM account
WHERE email IS NOT NULL AND CASE
    WHEN $2::uuid IS NULL OR EXISTS (SELECT FROM belongs) THEN id = $1
    ELSE id IN (SELECT account_id FROM membership WHERE organisation_id = $2 AND role = 'owner')
END
ORDER BY id
"""


async def addressees(tx: Tx, *, account_id: UUID, organisation_id: UUID | None) -> list[Addressee]:
    """Whom to write to about what this person did, for this organisation or for themself: them. Once
    they have left the organisation, it is its owners'. Nobody where the account was erased."""
    return [Addressee(**row) for row in await tx.fetch(ADDRESSEES, account_id, organisation_id)]


async def belongs(tx: Tx, *, account_id: UUID, organisation_id: UUID | None) -> bool:
    """Whether the person is of the organisation today."""
    return bool(await tx.fetchval(f"SELECT EXISTS ({BELONGS})", account_id, organisation_id))
