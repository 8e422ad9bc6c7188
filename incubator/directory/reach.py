"""A profile that is about to change: locked, and within reach of who asks, or refused."""

from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.standing import lock_as_owner
from incubator.web.etags import must_be_current


class NoSuchCompany(NotFound):
    """None of this name, or not shown."""

    code = "no_such_company"
    sentence = N_("There is no such company in the directory.")


BY_ORGANISATION = "SELECT * FROM directory_profile WHERE organisation_id = $1 FOR UPDATE"
# A draft is its owner's business.
BY_ID = "SELECT * FROM directory_profile WHERE id = $1 AND state <> 'draft' FOR UPDATE"


async def own_profile(tx: Tx, *, actor: Actor, organisation_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """The profile of one's own organisation, for its owner. Raises NoSuchOrganisation, NotYours,
    NoSuchCompany, ChangedMeanwhile."""
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    row = await tx.fetchrow(BY_ORGANISATION, organisation_id)
    if row is None:
        raise NoSuchCompany()
    must_be_current(row["version"], seen)
    return row


async def profile_at_desk(tx: Tx, *, actor: Actor, profile_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """A profile of the coordinator's gmina. Raises NoSuchCompany, NotYours, ChangedMeanwhile."""
    row = await tx.fetchrow(BY_ID, profile_id)
    if row is None:
        raise NoSuchCompany()
    must_coordinate(actor, row["gmina_id"])
    must_be_current(row["version"], seen)
    return row
