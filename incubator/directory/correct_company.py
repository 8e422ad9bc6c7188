"""Correct what a register says of a company: by the gmina's coordinator, when the company asks for it, say."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.check_rows import CannotBeTold
from incubator.directory.details import ProfileFacts, RegisterDetails, cleaned
from incubator.directory.entering import enter
from incubator.directory.hold_back import hold_back
from incubator.directory.queries import own
from incubator.directory.reach import profile_at_desk
from incubator.directory.specialisations import set_specialisations
from incubator.directory.take_out import KeepsItself
from incubator.directory.tell import tell_its_people
from incubator.directory.views import OwnProfileView
from incubator.kernel.alphabet import alphabetical
from incubator.people import rules as people_rules
from incubator.people.actor import Actor
from incubator.people.telling import tell

# Looked through today; what was hidden for its age comes back, as with a file.
CHANGE = """
UPDATE directory_profile SET name = $2, sort_key = $3, sole_trader = $4, regon = $5, krs = $6, makes_pl = $7, makes_en = $8,
    looking_for_pl = $9, looking_for_en = $10, offers_pl = $11, offers_en = $12, town = $13, website = $14, email = $15,
    phone = $16, pkd_2007 = $17, pkd_2025 = $18, confirmed_at = $19, reminders = 0, reminded_at = NULL, still_hash = NULL,
    state = CASE WHEN hidden_because = 'stale' THEN 'published' ELSE state END,
    hidden_because = CASE WHEN hidden_because = 'stale' THEN '' ELSE hidden_because END, version = version + 1
WHERE id = $1
"""


async def correct_company(
    tx: Tx, *, actor: Actor, profile_id: UUID, details: RegisterDetails, seen: int | None = None, now: datetime
) -> OwnProfileView:
    """For the gmina's coordinator, of a company out of a register: all that is said of it, anew. Its NIP stays, by which
    it is known. A sole trader waits as the law asks (hold_back.py). Who was told that they stand here is told of this.

    Raises NoSuchCompany, NotYours, ChangedMeanwhile, KeepsItself, CannotBeTold, UnknownSpecialisation, NameMissing,
    BadRegon, BadKrs and what `cleaned` raises.
    """
    facts = cleaned(details)
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["organisation_id"] is not None:
        raise KeepsItself()
    if details.sole_trader and row["told_at"] is None and not facts.email:
        raise CannotBeTold()
    await _change(tx, row, details, facts, now)
    await set_specialisations(tx, profile_id=profile_id, slugs=details.specialisations)
    await hold_back(tx, profile_ids=[profile_id], now=now)
    await enter(tx, [profile_id])
    await tell(tx, actor, now, "correct", of=("company", profile_id), gmina_id=row["gmina_id"])
    if row["told_at"] is not None:
        changed = await tx.fetchrow("SELECT * FROM directory_profile WHERE id = $1", profile_id)
        assert changed is not None
        await tell_its_people(tx, row=changed, what="corrected", now=now, shown=changed["state"] == "published")
    return await own(tx, profile_id=profile_id)


async def _change(tx: Tx, row: asyncpg.Record, details: RegisterDetails, facts: ProfileFacts, now: datetime) -> None:
    name = people_rules.name(details.name)
    numbers = (people_rules.regon(details.regon), people_rules.krs(details.krs))
    said = asdict(facts).values()
    await tx.execute(CHANGE, row["id"], name, alphabetical(name), details.sole_trader, *numbers, *said, now)
