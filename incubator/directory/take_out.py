"""Take a company out of the directory for good, and what companies without an account ask for: by the link
of the mail that told them, or by the form on the company's page, which a coordinator answers."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, transaction
from incubator.directory.queries import own
from incubator.directory.reach import NoSuchCompany, profile_at_desk
from incubator.directory.still_right import LinkOver
from incubator.directory.tell import tell_coordinators
from incubator.directory.views import OwnProfileView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import digest, uuid7
from incubator.people import rules as people_rules
from incubator.people.actor import Actor
from incubator.people.attempts import Limit, count_attempts
from incubator.people.telling import tell

REQUESTS_FROM_CLIENT = Limit("directory:client", 10, timedelta(hours=1))


class KeepsItself(Conflict):
    """A company that keeps its profile itself is asked by its owner to hide, not taken out by a stranger."""

    code = "company_keeps_itself"
    sentence = N_("This company keeps its profile itself: its owner can change and hide it after signing in.")


BY_LINK = "SELECT * FROM directory_profile WHERE care_hash = $1 AND organisation_id IS NULL"
SHOWN = "SELECT * FROM directory_profile WHERE slug = $1 AND state = 'published' FOR SHARE"
OBJECT = "INSERT INTO directory_objection (nip_hash, at) VALUES ($1, $2) ON CONFLICT DO NOTHING"
DELETE = "DELETE FROM directory_profile WHERE id = $1"
ASK = """
INSERT INTO directory_request (id, gmina_id, profile_id, kind, message, email, made_at, outcome, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7, '', '')
"""


async def cared_for(tx: Tx, *, secret: str) -> OwnProfileView:
    """The profile that the link is about. Raises LinkOver."""
    key = await tx.fetchval(BY_LINK, digest(secret))
    if key is None:
        raise LinkOver()
    return await own(tx, profile_id=key)


async def take_out_by_link(tx: Tx, *, secret: str, now: datetime) -> None:
    """At once and without a reason: it is deleted, and no later file brings it back. Raises LinkOver."""
    row = await tx.fetchrow(f"{BY_LINK} FOR UPDATE", digest(secret))
    if row is None:
        raise LinkOver()
    await forget_company(tx, profile_id=row["id"], nip=row["nip"], now=now)
    await tell(tx, None, now, "take_out", of=("company", row["id"]), gmina_id=row["gmina_id"])


async def take_out_at_desk(tx: Tx, *, actor: Actor, profile_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the gmina's coordinator, of a company out of a register. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, KeepsItself."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["organisation_id"] is not None:
        raise KeepsItself()
    await forget_company(tx, profile_id=row["id"], nip=row["nip"], now=now)
    await tell(tx, actor, now, "take_out", of=("company", profile_id), gmina_id=row["gmina_id"])


async def correct_by_link(tx: Tx, *, secret: str, message: str, now: datetime) -> None:
    """Goes to the gmina's coordinators. Raises LinkOver."""
    row = await tx.fetchrow(f"{BY_LINK} FOR SHARE", digest(secret))
    if row is None:
        raise LinkOver()
    await _ask(tx, row, kind="correct", message=message, email=row["email"], now=now)


async def ask_to_change(tx: Tx, *, slug: str, kind: str, message: str, email: str, now: datetime) -> None:
    """By anybody, of a company out of a register; the gmina's coordinators answer to `email`. Count it first
    (`count_request`). Raises NoSuchCompany, KeepsItself, BadEmail."""
    clean = people_rules.email_address(email)
    row = await tx.fetchrow(SHOWN, slug)
    if row is None:
        raise NoSuchCompany()
    if row["organisation_id"] is not None:
        raise KeepsItself()
    await _ask(tx, row, kind=kind, message=message, email=clean, now=now)


async def count_request(db: Database, *, client: str, now: datetime) -> None:
    """Raises TooOften."""
    async with transaction(db) as tx:
        await count_attempts(tx, (REQUESTS_FROM_CLIENT, client), now=now)


async def forget_company(tx: Tx, *, profile_id: UUID, nip: str | None, now: datetime) -> None:
    """Delete it with all that belongs to it, and remember that it does not want to stand here."""
    if nip is not None:
        await tx.execute(OBJECT, digest(nip), now)
    await tx.execute(DELETE, profile_id)


async def _ask(tx: Tx, row: asyncpg.Record, *, kind: str, message: str, email: str, now: datetime) -> None:
    key = uuid7()
    await tx.execute(ASK, key, row["gmina_id"], row["id"], kind, message.strip(), email, now)
    await tell_coordinators(tx, row=row, what="request", now=now, remove=kind == "remove")
    of, after = ("company", row["id"]), {"request_id": key, "kind": kind}
    await tell(tx, None, now, "ask_to_change", of=of, gmina_id=row["gmina_id"], after=after)
