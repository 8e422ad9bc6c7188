"""Change what is said of an organisation."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import NAMES, bump
from incubator.people.actor import Actor
from incubator.people.details import NipTaken, OrganisationDetails, cleaned, must_know_gmina
from incubator.people.queries import organisation_for
from incubator.people.standing import lock_as_owner
from incubator.people.views import OrganisationView
from incubator.web.etags import must_be_current

CHANGE = """
UPDATE organisation SET name = $2, kind = $3, nip = $4, regon = $5, krs = $6, gmina_id = $7, pkd = $8,
    pkd_edition = $9, version = version + 1
WHERE id = $1
"""


async def change_organisation(
    tx: Tx, *, actor: Actor, organisation_id: UUID, details: OrganisationDetails, seen: int | None, now: datetime
) -> OrganisationView:
    """All details anew, made to the version `seen` (None: whatever is there). For its owners.

    Raises NoSuchOrganisation, NotYours, ChangedMeanwhile, NipTaken and what `cleaned` raises.
    """
    kept = cleaned(details)
    must_be_current(await lock_as_owner(tx, actor=actor, organisation_id=organisation_id), seen)
    await must_know_gmina(tx, kept.gmina_id)
    before = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    await _keep(tx, organisation_id, kept)
    after = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="change",
        subject_kind="organisation",
        subject_id=organisation_id,
        gmina_id=after.gmina_id,
        after={"changed": _changed(before, after)},
    )
    await bump(tx, [organisation_id, NAMES if before.name != after.name else None])
    return after


def _changed(before: OrganisationView, after: OrganisationView) -> list[str]:
    """Names of fields, no values: a one-person company's name and NIP are personal."""
    return [name for name in OrganisationDetails.__slots__ if getattr(before, name) != getattr(after, name)]


async def _keep(tx: Tx, organisation_id: UUID, kept: OrganisationDetails) -> None:
    try:
        await tx.execute(
            CHANGE,
            organisation_id,
            kept.name,
            kept.kind,
            kept.nip,
            kept.regon,
            kept.krs,
            kept.gmina_id,
            kept.pkd,
            kept.pkd_edition,
        )
    except asyncpg.UniqueViolationError:  # the NIP is the one unique thing here
        raise NipTaken() from None
