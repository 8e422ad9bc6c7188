"""Write to a company, or to the coordinators of its gmina, in the transaction that there is something to
tell of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.addressee import Addressee
from incubator.web.letters import letter

OWNERS = """
SELECT email, name, locale FROM account JOIN membership ON account_id = account.id
WHERE organisation_id = $1 AND role = 'owner' AND email IS NOT NULL ORDER BY account.id
"""
COORDINATORS = """
SELECT email, account.name, locale FROM account JOIN role_grant ON account_id = account.id
WHERE role_grant.gmina_id = $1 AND role = 'coordinator' AND email IS NOT NULL ORDER BY account.id
"""
CONTACTS = """
SELECT name, email, phone FROM incubator WHERE gmina_id = $1 AND status = 'open' AND email || phone <> '' ORDER BY name
"""
GMINA = "SELECT name FROM gmina WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Contact:
    """An incubator of the gmina, where its coordinator is reached."""

    name: str
    email: str
    phone: str


async def whom_to_ask(tx: Tx, gmina_id: UUID) -> list[Contact]:
    """Where the gmina's coordinators are reached, as the public pages say."""
    return [Contact(**row) for row in await tx.fetch(CONTACTS, gmina_id)]


async def people_of(tx: Tx, row: asyncpg.Record) -> list[Addressee]:
    """The owners of a company that keeps its profile itself; else the address that a register gives."""
    if row["organisation_id"] is not None:
        return [Addressee(**each) for each in await tx.fetch(OWNERS, row["organisation_id"])]
    return [Addressee(row["email"], row["name"], "pl")] if row["email"] else []


async def tell_its_people(tx: Tx, *, row: asyncpg.Record, what: str, now: datetime, **more: Any) -> int:
    """Post the letter `what` about the profile `row` to the company; how many it went to."""
    return await _write(tx, to=await people_of(tx, row), row=row, what=what, now=now, **more)


async def tell_coordinators(tx: Tx, *, row: asyncpg.Record, what: str, now: datetime, **more: Any) -> int:
    """Post it to those who coordinate the gmina; how many it went to."""
    to = [Addressee(**each) for each in await tx.fetch(COORDINATORS, row["gmina_id"])]
    return await _write(tx, to=to, row=row, what=what, now=now, **more)


async def gmina_name(tx: Tx, gmina_id: UUID) -> str:
    """What the gmina is called."""
    return str(await tx.fetchval(GMINA, gmina_id))


async def _write(tx: Tx, *, to: list[Addressee], row: asyncpg.Record, what: str, now: datetime, **more: Any) -> int:
    gmina = await gmina_name(tx, row["gmina_id"])
    for one in to:
        told = letter(
            f"directory/mail/{what}.txt",
            one.locale,
            name=one.name,
            company=row["name"],
            gmina=gmina,
            slug=row["slug"],
            organisation_id=row["organisation_id"],
            **more,
        )
        await post(tx, to=one.email, subject=told.subject, text=told.text, now=now)
    return len(to)
