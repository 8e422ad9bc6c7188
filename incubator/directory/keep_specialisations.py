"""Keep the list of local specialisations, for the metropolis office: add, rename, retire, bring back."""

from datetime import datetime

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.details import SpecialisationNames
from incubator.directory.entering import enter
from incubator.directory.specialisations import NoSuchSpecialisation, one_specialisation
from incubator.directory.views import SpecialisationView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.telling import tell
from incubator.places.slugs import slug_of
from incubator.web.etags import must_be_current


class SpecialisationThere(Conflict):
    """One of this name is on the list, or was. `name` says which."""

    code = "specialisation_there"
    sentence = N_("“{name}” is on the list already.")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


ADD = """
INSERT INTO directory_specialisation (id, slug, name_pl, name_en, version) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT DO NOTHING RETURNING id
"""
LOCKED = "SELECT * FROM directory_specialisation WHERE slug = $1 FOR NO KEY UPDATE"
RENAME = "UPDATE directory_specialisation SET name_pl = $2, name_en = $3, version = version + 1 WHERE id = $1"
RETIRE = "UPDATE directory_specialisation SET retired_at = $2, version = version + 1 WHERE id = $1"
USERS = "SELECT profile_id FROM directory_profile_specialisation WHERE specialisation_id = $1 ORDER BY profile_id"


async def add_specialisation(tx: Tx, *, actor: Actor, names: SpecialisationNames, now: datetime) -> SpecialisationView:
    """Raises NotYours, SpecialisationThere."""
    _must_keep(actor)
    slug, key = slug_of(names.name_pl, otherwise="specjalizacja"), uuid7()
    if await tx.fetchval(ADD, key, slug, names.name_pl.strip(), names.name_en.strip()) is None:
        raise SpecialisationThere(names.name_pl)
    after = {"slug": slug}
    await tell(tx, actor, now, "add_specialisation", of=("specialisation", key), gmina_id=None, after=after)
    return await one_specialisation(tx, slug=slug)


async def rename_specialisation(
    tx: Tx, *, actor: Actor, slug: str, names: SpecialisationNames, seen: int | None = None, now: datetime
) -> SpecialisationView:
    """Its address stays. Companies are found by the new name at once. Raises NotYours, NoSuchSpecialisation,
    ChangedMeanwhile."""
    row = await _locked(tx, actor=actor, slug=slug, seen=seen)
    await tx.execute(RENAME, row["id"], names.name_pl.strip(), names.name_en.strip())
    await enter(tx, [each["profile_id"] for each in await tx.fetch(USERS, row["id"])])
    before, after = {"name_pl": row["name_pl"]}, {"name_pl": names.name_pl}
    of = ("specialisation", row["id"])
    await tell(tx, actor, now, "rename_specialisation", of=of, gmina_id=None, before=before, after=after)
    return await one_specialisation(tx, slug=slug)


async def retire_specialisation(
    tx: Tx, *, actor: Actor, slug: str, retired: bool = True, seen: int | None = None, now: datetime
) -> SpecialisationView:
    """Nobody chooses it any more, or (`retired` false) may again; who had it keeps it. Raises NotYours,
    NoSuchSpecialisation, ChangedMeanwhile."""
    row = await _locked(tx, actor=actor, slug=slug, seen=seen)
    await tx.execute(RETIRE, row["id"], now if retired else None)
    verb = "retire_specialisation" if retired else "restore_specialisation"
    await tell(tx, actor, now, verb, of=("specialisation", row["id"]), gmina_id=None)
    return await one_specialisation(tx, slug=slug)


async def _locked(tx: Tx, *, actor: Actor, slug: str, seen: int | None) -> asyncpg.Record:
    _must_keep(actor)
    row = await tx.fetchrow(LOCKED, slug)
    if row is None:
        raise NoSuchSpecialisation()
    must_be_current(row["version"], seen)
    return row


def _must_keep(actor: Actor) -> None:
    if not (actor.is_office or actor.is_administrator):
        raise NotYours()
