"""Who was given longer, and who could be."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.applications.calls import desk_call
from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionView:
    """One applicant may hand in later."""

    id: UUID
    edition_id: UUID
    organisation_id: UUID | None
    account_id: UUID | None
    name: str
    until: datetime
    reason: str
    granted_by_name: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who has begun an application: an organisation, or a person."""

    organisation_id: UUID | None
    account_id: UUID | None
    name: str


VIEW = """
SELECT call_extension.id, edition_id, organisation_id, call_extension.account_id,
    coalesce(organisation.name, account.name) AS name, until, reason, granter.name AS granted_by_name, granted_at
FROM call_extension
LEFT JOIN organisation ON organisation.id = organisation_id
LEFT JOIN account ON account.id = call_extension.account_id
JOIN account AS granter ON granter.id = granted_by
"""
BEGUN = """
SELECT organisation_id, CASE WHEN organisation_id IS NULL THEN account_id END AS account_id,
    coalesce(organisation.name, account.name) AS name
FROM application
JOIN account ON account.id = account_id
LEFT JOIN organisation ON organisation.id = organisation_id
WHERE edition_id = $1 AND state = 'draft' AND organisation.closed_at IS NULL ORDER BY 3
"""
BY_NIP = "SELECT id, NULL::uuid AS account_id, name FROM organisation WHERE nip = $1 AND closed_at IS NULL"
BY_EMAIL = "SELECT NULL::uuid AS id, account.id AS account_id, name FROM account WHERE email = $1 AND erased_at IS NULL"


async def extension_by_id(tx: Tx, *, extension_id: UUID) -> ExtensionView:
    row = await tx.fetchrow(f"{VIEW} WHERE call_extension.id = $1", extension_id)
    assert row is not None
    return ExtensionView(**row)


async def extensions_of(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[ExtensionView]:
    """For who runs the edition, the latest first. Raises NoSuchEdition, NotYours, NoSuchCall."""
    await desk_call(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(f"{VIEW} WHERE edition_id = $1 ORDER BY granted_at DESC, call_extension.id", edition_id)
    return [ExtensionView(**row) for row in rows]


async def begun_by(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[Applicant]:
    """Who has a draft, by name: the desk has to know whom to give longer, and nothing else of it.
    Raises NoSuchEdition, NotYours, NoSuchCall."""
    await desk_call(tx, actor=actor, edition_id=edition_id)
    return [Applicant(**row) for row in await tx.fetch(BEGUN, edition_id)]


async def applicant_called(tx: Tx, *, text: str) -> Applicant | None:
    """The organisation with this NIP, or the person with this e-mail; None where there is none."""
    digits = re.sub(r"[\s-]", "", text)
    by_nip = re.fullmatch(r"[0-9]{10}", digits)
    row = await tx.fetchrow(BY_NIP, digits) if by_nip else await tx.fetchrow(BY_EMAIL, text.strip().lower())
    return Applicant(row["id"], row["account_id"], row["name"]) if row is not None else None
