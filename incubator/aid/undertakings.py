"""Who counts as one undertaking: organisations that a coordinator linked (Regulation (EU) 2023/2831, art. 2(2))."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.aid.tell import Told, tell_companies
from incubator.aid.views import LinkedView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.queries import NoSuchOrganisation


class NoSuchCompanyToLink(Invalid):
    """No organisation with this NIP is known here, or it was closed."""

    code = "no_such_company_to_link"
    sentence = N_("No company with this NIP is known here. It has to have its organisation here first.")


class LinkedAlready(Conflict):
    """Both belong to one undertaking, or are the same."""

    code = "linked_already"
    sentence = N_("These companies count as one undertaking already.")


@dataclass(eq=False)
class NotLinked(Conflict):
    """The organisation stands alone."""

    code = "not_linked"
    sentence = N_("This company is not linked to any other.")


MEMBER = "SELECT undertaking_id FROM undertaking_member WHERE organisation_id = $1"
LOCK = "SELECT id FROM undertaking WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
ALONE = "INSERT INTO undertaking (id) VALUES ($1)"
JOIN = "INSERT INTO undertaking_member (organisation_id, undertaking_id, because) VALUES ($1, $2, '')"
MOVE = """
UPDATE undertaking_member SET undertaking_id = $2, because = $3, since = $4, linked_by = $5 WHERE organisation_id = $1
"""
MERGE = "UPDATE undertaking_member SET undertaking_id = $2 WHERE undertaking_id = $1"
REASON = "UPDATE undertaking_member SET because = $2, since = $3, linked_by = $4 WHERE organisation_id = $1"
MEMBERS = "SELECT organisation_id FROM undertaking_member WHERE undertaking_id = $1 ORDER BY organisation_id"
HOME = "SELECT gmina_id FROM organisation WHERE id = $1 AND closed_at IS NULL FOR KEY SHARE"
BY_NIP = "SELECT id FROM organisation WHERE nip = $1 AND closed_at IS NULL"
LINKED = """
SELECT organisation_id, organisation.name, nip, because, since, account.name AS linked_by
FROM undertaking_member JOIN organisation ON organisation.id = organisation_id
LEFT JOIN account ON account.id = linked_by
WHERE undertaking_id = (SELECT undertaking_id FROM undertaking_member WHERE organisation_id = $1) AND organisation_id <> $1
ORDER BY organisation.name, organisation_id
"""


async def lock_undertaking(tx: Tx, *, organisation_id: UUID) -> UUID:
    """The undertaking of an organisation, locked; made if it has none. Whoever grants, links or separates comes one
    after another."""
    while True:
        undertaking_id: UUID | None = await tx.fetchval(MEMBER, organisation_id)
        if undertaking_id is None:
            undertaking_id = await _alone(tx, organisation_id)
        await tx.fetch(LOCK, [undertaking_id])
        # Somebody may have linked it to another while we waited.
        if await tx.fetchval(MEMBER, organisation_id) == undertaking_id:
            return undertaking_id


async def link(
    tx: Tx, *, actor: Actor, organisation_id: UUID, nip: str, because: str, now: datetime
) -> list[LinkedView]:
    """The company with `nip` and all that count with it become one undertaking with the organisation and all that
    count with it; what both were granted counts together from now on (art. 3(8)). The owners of all of them are told by
    whom. For the coordinator of the organisation's gmina. Raises NoSuchOrganisation, NotYours, NoSuchCompanyToLink,
    LinkedAlready."""
    gmina_id = await _at_desk(tx, actor, organisation_id)
    other: UUID | None = await tx.fetchval(BY_NIP, nip)
    if other is None:
        raise NoSuchCompanyToLink()
    ours, theirs = await _both(tx, organisation_id, other)
    if ours == theirs:
        raise LinkedAlready()
    await tx.execute(REASON, other, because, now, actor.account_id)
    await tx.execute(MERGE, theirs, ours)
    await _noted(tx, actor, "link_undertaking", organisation_id, other, gmina_id, now)
    told = Told(what="linked", about=organisation_id, gmina_id=gmina_id, because=because)
    await tell_companies(tx, told=told, organisations=await _members(tx, ours), actor=actor, now=now)
    return await linked_to(tx, organisation_id=organisation_id)


async def separate(tx: Tx, *, actor: Actor, organisation_id: UUID, because: str, now: datetime) -> None:
    """The organisation counts by itself from now on, with the aid that it was granted itself (art. 3(9)). Its owners
    and those of the others are told by whom. For the coordinator of its gmina. Raises NoSuchOrganisation, NotYours, NotLinked."""
    gmina_id = await _at_desk(tx, actor, organisation_id)
    undertaking_id = await lock_undertaking(tx, organisation_id=organisation_id)
    members = await _members(tx, undertaking_id)
    if len(members) == 1:
        raise NotLinked()
    alone = uuid7()
    await tx.execute(ALONE, alone)
    await tx.execute(MOVE, organisation_id, alone, because, now, actor.account_id)
    await _noted(tx, actor, "separate_undertaking", organisation_id, undertaking_id, gmina_id, now)
    told = Told(what="separated", about=organisation_id, gmina_id=gmina_id, because=because)
    await tell_companies(tx, told=told, organisations=members, actor=actor, now=now)


async def linked_to(tx: Tx, *, organisation_id: UUID) -> list[LinkedView]:
    """The others of its undertaking."""
    return [LinkedView(**row) for row in await tx.fetch(LINKED, organisation_id)]


async def _members(tx: Tx, undertaking_id: UUID) -> list[UUID]:
    return [row["organisation_id"] for row in await tx.fetch(MEMBERS, undertaking_id)]


async def _both(tx: Tx, one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Their undertakings, both locked in one order, as they stand under the lock."""
    for organisation_id in sorted((one, other)):
        if await tx.fetchval(MEMBER, organisation_id) is None:
            await _alone(tx, organisation_id)
    while True:
        found = [await tx.fetchval(MEMBER, organisation_id) for organisation_id in (one, other)]
        await tx.fetch(LOCK, found)
        if [await tx.fetchval(MEMBER, organisation_id) for organisation_id in (one, other)] == found:
            return found[0], found[1]


async def _alone(tx: Tx, organisation_id: UUID) -> UUID:
    """Two who make it at once: the second finds the first's."""
    key = uuid7()
    try:
        async with tx.transaction():
            await tx.execute(ALONE, key)
            await tx.execute(JOIN, organisation_id, key)
    except asyncpg.UniqueViolationError:
        found: UUID = await tx.fetchval(MEMBER, organisation_id)
        return found
    return key


async def _at_desk(tx: Tx, actor: Actor, organisation_id: UUID) -> UUID:
    gmina_id: UUID | None = await tx.fetchval(HOME, organisation_id)
    if gmina_id is None:
        raise NoSuchOrganisation(organisation_id)
    must_coordinate(actor, gmina_id)
    return gmina_id


async def _noted(
    tx: Tx, actor: Actor, verb: str, organisation_id: UUID, other: UUID, gmina_id: UUID, now: datetime
) -> None:
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="organisation",
        subject_id=organisation_id,
        gmina_id=gmina_id,
        after={"with": other},
    )
