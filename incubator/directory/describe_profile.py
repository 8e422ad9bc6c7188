"""Say what a company makes, looks for and offers. Nothing is shown before its owner publishes it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.details import ProfileDetails, ProfileFacts, cleaned
from incubator.directory.entering import enter
from incubator.directory.queries import own
from incubator.directory.reach import BY_ORGANISATION
from incubator.directory.slugs import free_slug
from incubator.directory.specialisations import set_specialisations
from incubator.directory.tell import tell_its_people, whom_to_ask
from incubator.directory.views import OwnProfileView
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.standing import lock_as_owner
from incubator.people.telling import tell
from incubator.web.etags import must_be_current


class CompanyStandsAlready(Conflict):
    """Another company keeps a profile with this NIP."""

    code = "company_stands_already"
    sentence = N_("A company with this NIP is in the directory already. Write to the coordinator of the gmina if it is yours.")  # fmt: skip


ORGANISATION = "SELECT name, nip, regon, krs, gmina_id, kind FROM organisation WHERE id = $1"
# What a register says of it becomes its own: from now on the company speaks for itself. What the desk hid stays hidden.
TAKE_OVER = """
UPDATE directory_profile SET organisation_id = $1, source = '', source_day = NULL, care_hash = NULL, still_hash = NULL,
    publish_at = NULL, state = CASE WHEN hidden_because = 'desk' THEN 'hidden' ELSE 'draft' END,
    hidden_because = CASE WHEN hidden_because = 'desk' THEN 'desk' ELSE '' END, reminders = 0, reminded_at = NULL
WHERE nip = $2 AND organisation_id IS NULL RETURNING id
"""
BEGIN = """
INSERT INTO directory_profile (id, slug, organisation_id, gmina_id, name, sort_key, sole_trader, nip, makes_pl, makes_en,
    looking_for_pl, looking_for_en, offers_pl, offers_en, town, website, email, phone, state, hidden_because, source,
    reminders, confirmed_at, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, false, $7, '', '', '', '', '', '', '', '', '', '', 'draft', '', '', 0, $8, $8, 0)
ON CONFLICT (slug) DO NOTHING RETURNING id
"""
CHANGE = """
UPDATE directory_profile SET gmina_id = $2, name = $3, sort_key = $4, nip = $5, regon = $6, krs = $7, confirmed_at = $8,
    reminders = 0, reminded_at = NULL, still_hash = NULL, makes_pl = $9, makes_en = $10, looking_for_pl = $11,
    looking_for_en = $12, offers_pl = $13, offers_en = $14, town = $15, website = $16, email = $17, phone = $18,
    pkd_2007 = $19, pkd_2025 = $20, version = version + 1
WHERE id = $1
"""
WITHHELD = "SELECT * FROM directory_profile WHERE id = $1 AND hidden_because = 'desk'"


async def describe_profile(
    tx: Tx, *, actor: Actor, organisation_id: UUID, details: ProfileDetails, seen: int | None = None, now: datetime
) -> OwnProfileView:
    """For owners. Name, gmina and numbers are those of the organisation. The first time it makes a draft;
    what is published is shown anew at once, and counts as looked through today. One that the desk hid while a
    register spoke for it stays so, and the owners are told why and whom to ask.

    Raises NoSuchOrganisation, NotYours, ChangedMeanwhile, UnknownSpecialisation, CompanyStandsAlready,
    and what `cleaned` raises.
    """
    facts = cleaned(details)
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    organisation = await tx.fetchrow(ORGANISATION, organisation_id)
    assert organisation is not None
    row = await tx.fetchrow(BY_ORGANISATION, organisation_id)
    if row is not None:
        must_be_current(row["version"], seen)
    try:
        key = row["id"] if row is not None else await _begun(tx, organisation_id, organisation, now)
        await _change(tx, key, organisation, facts, now)
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "directory_profile_nip_once":
            raise
        raise CompanyStandsAlready() from None
    await set_specialisations(tx, profile_id=key, slugs=details.specialisations)
    await enter(tx, [key])
    verb = "describe" if row is not None else "begin"
    await tell(tx, actor, now, verb, of=("company", key), gmina_id=organisation["gmina_id"])
    if row is None:
        await _tell_of_withheld(tx, key, now)
    return await own(tx, profile_id=key)


async def _tell_of_withheld(tx: Tx, key: UUID, now: datetime) -> None:
    row = await tx.fetchrow(WITHHELD, key)
    if row is not None:
        contacts = await whom_to_ask(tx, row["gmina_id"])
        await tell_its_people(
            tx, row=row, what="still_withheld", now=now, reason=row["withheld_reason"], contacts=contacts
        )


async def _begun(tx: Tx, organisation_id: UUID, organisation: asyncpg.Record, now: datetime) -> UUID:
    taken: UUID | None = await tx.fetchval(TAKE_OVER, organisation_id, organisation["nip"])
    if taken is not None:
        return taken
    key, name = uuid7(), organisation["name"]
    slug = await free_slug(tx, name=name, key=key)
    values = (organisation["gmina_id"], name, alphabetical(name), organisation["nip"])
    # Of two who bring one name at once, one gets the plain address.
    for address in (slug, f"{slug}-{key.hex[-8:]}"):
        if await tx.fetchval(BEGIN, key, address, organisation_id, *values, now) is not None:
            return key
    raise CompanyStandsAlready()


async def _change(tx: Tx, key: UUID, organisation: asyncpg.Record, facts: ProfileFacts, now: datetime) -> None:
    name = organisation["name"]
    numbers = (organisation["nip"], organisation["regon"], organisation["krs"])
    said = asdict(facts).values()
    await tx.execute(CHANGE, key, organisation["gmina_id"], name, alphabetical(name), *numbers, now, *said)
