"""Whom a mail goes to."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.notices import About


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a person's mail goes, how they are called, and the language they read. `invited_to` are the things of
    which their calendar would like to hear."""

    email: str
    name: str
    locale: str
    account_id: UUID | None = None
    invited_to: frozenset[About] = frozenset()


BELONGS = "SELECT FROM membership WHERE organisation_id = $2 AND account_id = $1"
# Who was erased has no address.
ADDRESSEES = f"""
WITH belongs AS ({BELONGS})
SELECT email, name, locale, id AS account_id,
    ARRAY(SELECT about FROM notice_choice WHERE account_id = account.id AND NOT invitations) AS uninvited
FROM account
WHERE email IS NOT NULL AND CASE
    WHEN $2::uuid IS NULL OR EXISTS (SELECT FROM belongs) THEN id = $1
    ELSE id IN (SELECT account_id FROM membership WHERE organisation_id = $2 AND role = 'owner')
END
ORDER BY id
"""


async def addressees(tx: Tx, *, account_id: UUID, organisation_id: UUID | None) -> list[Addressee]:
    """Whom to write to about what this person did, for this organisation or for themself: them. Once
    they have left the organisation, it is its owners'. Nobody where the account was erased."""
    return [
        Addressee(email, name, locale, key, frozenset(About) - frozenset(uninvited))
        for email, name, locale, key, uninvited in await tx.fetch(ADDRESSEES, account_id, organisation_id)
    ]


async def belongs(tx: Tx, *, account_id: UUID, organisation_id: UUID | None) -> bool:
    """Whether the person is of the organisation today."""
    return bool(await tx.fetchval(f"SELECT EXISTS ({BELONGS})", account_id, organisation_id))
