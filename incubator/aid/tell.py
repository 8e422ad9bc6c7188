"""Write to the companies of an undertaking that somebody linked or separated, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.actor import Actor
from incubator.web.letters import letter

OWNERS = """
SELECT email, account.name, locale, organisation.id AS organisation_id, organisation.name AS company
FROM organisation JOIN membership ON organisation_id = organisation.id AND role = 'owner'
JOIN account ON account.id = account_id
WHERE organisation.id = ANY($1::uuid[]) AND email IS NOT NULL ORDER BY organisation.name, account.id
"""
NAMES = "SELECT name FROM organisation WHERE id = ANY($1::uuid[]) ORDER BY name, id"
GMINA = "SELECT name FROM gmina WHERE id = $1"


async def tell_companies(
    tx: Tx,
    *,
    what: str,
    organisations: Sequence[UUID],
    about: UUID,
    actor: Actor,
    gmina_id: UUID,
    because: str,
    now: datetime,
) -> None:
    """Post the letter `what` (linked, separated) to the owners of all `organisations`; `about` is the one that counts
    by itself now, or was at hand."""
    names = [row["name"] for row in await tx.fetch(NAMES, organisations)]
    of: str = await tx.fetchval("SELECT name FROM organisation WHERE id = $1", about)
    gmina: str = await tx.fetchval(GMINA, gmina_id)
    for one in await tx.fetch(OWNERS, organisations):
        told = letter(
            f"aid/mail/{what}.txt",
            one["locale"],
            name=one["name"],
            company=one["company"],
            organisation_id=one["organisation_id"],
            names=names,
            about=of,
            by=actor.name,
            gmina=gmina,
            because=because,
        )
        await post(tx, to=one["email"], subject=told.subject, text=told.text, now=now)
