"""Write to the companies of an undertaking that somebody linked or separated, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
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
NAMES = "SELECT id, name FROM organisation WHERE id = ANY($1::uuid[]) ORDER BY name, id"
GMINA = "SELECT name FROM gmina WHERE id = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`what` was done (linked, separated) and by which gmina; `about` is the company that was at hand."""

    what: str
    about: UUID
    gmina_id: UUID
    because: str


async def tell_companies(tx: Tx, *, told: Told, organisations: Sequence[UUID], actor: Actor, now: datetime) -> None:
    """Post the letter to the owners of all `organisations`."""
    names = {row["id"]: row["name"] for row in await tx.fetch(NAMES, organisations)}
    gmina: str = await tx.fetchval(GMINA, told.gmina_id)
    for one in await tx.fetch(OWNERS, organisations):
        written = letter(
            f"aid/mail/{told.what}.txt",
            one["locale"],
            name=one["name"],
            company=one["company"],
            organisation_id=one["organisation_id"],
            names=list(names.values()),
            about=names[told.about],
            by=actor.name,
            gmina=gmina,
            because=told.because,
        )
        await post(tx, to=one["email"], subject=written.subject, text=written.text, now=now)
