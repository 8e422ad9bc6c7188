"""Found an organisation: whoever does is its owner."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.people.actor import Actor
from incubator.people.details import NipTaken, OrganisationDetails, cleaned, must_know_gmina
from incubator.people.queries import organisation_for
from incubator.people.standing import must_be_here
from incubator.people.views import OrganisationView

FOUND = """
INSERT INTO organisation (name, kind, nip, regon, krs, gmina_id, pkd, pkd_edition, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT (nip) WHERE closed_at IS NULL DO NOTHING RETURNING id
"""
OWN = "INSERT INTO membership (organisation_id, account_id, role, joined_at) VALUES ($1, $2, 'owner', $3)"


async def found_organisation(tx: Tx, *, actor: Actor, details: OrganisationDetails, now: datetime) -> OrganisationView:
    """A new organisation owned by the asker. Raises what `cleaned` raises, UnknownGmina, NipTaken."""
    kept = cleaned(details)
    await must_be_here(tx, account_id=actor.account_id)
    await must_know_gmina(tx, kept.gmina_id)
    key: UUID | None = await tx.fetchval(
        FOUND, kept.name, kept.kind, kept.nip, kept.regon, kept.krs, kept.gmina_id, kept.pkd, kept.pkd_edition, now
    )
    if key is None:
        raise NipTaken()
    await tx.execute(OWN, key, actor.account_id, now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="found",
        subject_kind="organisation",
        subject_id=key,
        gmina_id=kept.gmina_id,
        after={"kind": kept.kind},
    )
    await bump(tx, [key, actor.account_id])
    return await organisation_for(tx, actor=actor, organisation_id=key)
