"""An edition in full, as somebody may see it, and its terms."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.programmes.catalogue import edition_brief, partners_of, runs
from incubator.programmes.queries import NoSuchEdition
from incubator.programmes.rules import in_force
from incubator.programmes.views import DateView, EditionInFull, MentorBrief, PerkView, TermsBrief, TermsView

EDITION = """
SELECT edition.*, call.opens_at, call.closes_at, programme.slug AS programme_slug, programme.gmina_id,
    programme.name_pl AS programme_name_pl, programme.name_en AS programme_name_en, programme.state AS programme_state,
    EXISTS (SELECT FROM participation WHERE participation.edition_id = edition.id) AS perks_frozen
FROM edition JOIN programme ON programme.id = edition.programme_id
LEFT JOIN call ON call.edition_id = edition.id AND call.published_at <= $1
"""
BY_ID = f"{EDITION} WHERE edition.id = $2"
BY_SLUGS = f"{EDITION} WHERE programme.slug = $2 AND edition.slug = $3"
DATES = "SELECT on_day, name_pl, name_en FROM edition_date WHERE edition_id = $1 ORDER BY on_day, id"
PERKS = "SELECT kind, amount, name_pl, name_en FROM edition_perk WHERE edition_id = $1 ORDER BY position, id"
MENTORS = """
SELECT mentor.id, mentor.slug, mentor.name, mentor.headline_pl, mentor.headline_en
FROM edition_mentor JOIN mentor ON mentor.id = mentor_id
WHERE edition_id = $1 AND mentor.state <> 'retired' ORDER BY mentor.name, mentor.id
"""
TO_CHOOSE = """
SELECT id, slug, name, headline_pl, headline_en FROM mentor WHERE state <> 'retired' ORDER BY name, id
"""
TERMS = "SELECT version, in_force_from, published_at FROM edition_terms WHERE edition_id = $1 ORDER BY version"
TERMS_TEXT = """
SELECT version, in_force_from, published_at, text_pl, text_en FROM edition_terms WHERE edition_id = $1 AND version = $2
"""
OF_PROGRAMME = ("programme_slug", "programme_name_pl", "programme_name_en", "programme_state", "gmina_id")
OF_EDITION = ("about_pl", "about_en", "presence_percent", "places_taken", "perks_frozen", "version")


class NoSuchTerms(NotFound):
    """The edition has no terms of this version."""

    code = "no_such_terms"
    sentence = N_("This edition has no terms of that version.")


async def edition_in_full(tx: Tx, *, edition_id: UUID, reader: Actor | None, now: datetime) -> EditionInFull:
    """Raises NoSuchEdition."""
    return await _in_full(tx, await tx.fetchrow(BY_ID, now, edition_id), reader, now)


async def edition_by_slugs(tx: Tx, *, programme: str, slug: str, reader: Actor | None, now: datetime) -> EditionInFull:
    """Raises NoSuchEdition."""
    return await _in_full(tx, await tx.fetchrow(BY_SLUGS, now, programme, slug), reader, now)


async def terms_text(tx: Tx, *, edition_id: UUID, version: int) -> TermsView:
    """Of an edition that the reader may see: asked for before this. Raises NoSuchTerms."""
    row = await tx.fetchrow(TERMS_TEXT, edition_id, version) if 0 < version < 2**31 else None
    if row is None:
        raise NoSuchTerms()
    return TermsView(**row)


async def mentors_to_choose(tx: Tx) -> list[MentorBrief]:
    """All that are not retired, of every gmina: a programme may ask any of them."""
    return [MentorBrief(**row) for row in await tx.fetch(TO_CHOOSE)]


async def _in_full(tx: Tx, row: asyncpg.Record | None, reader: Actor | None, now: datetime) -> EditionInFull:
    if row is None:
        raise NoSuchEdition()
    if "draft" in {row["state"], row["programme_state"]} and not runs(reader, row["gmina_id"]):
        raise NoSuchEdition()
    key = row["id"]
    terms = [TermsBrief(**one) for one in await tx.fetch(TERMS, key)]
    today = now.astimezone(WARSAW).date()
    return EditionInFull(
        brief=edition_brief(row, now),
        **{name: row[name] for name in (*OF_PROGRAMME, *OF_EDITION)},
        dates=[DateView(**one) for one in await tx.fetch(DATES, key)],
        perks=[PerkView(**one) for one in await tx.fetch(PERKS, key)],
        mentors=[MentorBrief(**one) for one in await tx.fetch(MENTORS, key)],
        partners=await partners_of(tx, "edition", key),
        terms=terms,
        terms_in_force=in_force([(one.version, one.in_force_from) for one in terms], today=today),
    )
