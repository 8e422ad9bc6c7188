"""What everybody finds: a profile's entry follows the profile, in the same transaction."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.sections import sections_of
from incubator.directory.words import document, marks, near, vocabulary

PROFILES = """
SELECT profile.id, profile.name, profile.nip, profile.town, profile.makes_pl, profile.makes_en, profile.looking_for_pl,
    profile.looking_for_en, profile.offers_pl, profile.offers_en, profile.pkd_2007, profile.pkd_2025, gmina.name AS gmina,
    gmina.slug AS gmina_slug,
    EXISTS (SELECT FROM directory_ambassador AS mark WHERE mark.profile_id = profile.id AND withdrawn_on IS NULL) AS ambassador,
    coalesce((
        SELECT array_agg(slug) FROM directory_profile_specialisation AS its
        JOIN directory_specialisation AS known ON known.id = specialisation_id WHERE its.profile_id = profile.id
    ), '{}') AS slugs,
    coalesce((
        SELECT array_agg(name_pl || ' ' || name_en) FROM directory_profile_specialisation AS its
        JOIN directory_specialisation AS known ON known.id = specialisation_id WHERE its.profile_id = profile.id
    ), '{}') AS specialisations
FROM directory_profile AS profile JOIN gmina ON gmina.id = profile.gmina_id
WHERE profile.id = ANY($1::uuid[]) AND state = 'published' ORDER BY profile.id
"""
# Not what is published any more: no entry.
LEAVE = """
DELETE FROM directory_entry USING directory_profile AS profile
WHERE profile_id = ANY($1::uuid[]) AND profile.id = profile_id AND state <> 'published'
"""
ENTER = """
INSERT INTO directory_entry (profile_id, gmina_id, sort_key, sections, specialisations, ambassador, looking, offering, document)
SELECT profile.id, gmina_id, sort_key, coalesce(string_to_array(nullif(given.sections, ''), ','), '{}'),
    coalesce((
        SELECT array_agg(specialisation_id) FROM directory_profile_specialisation AS its WHERE its.profile_id = profile.id
    ), '{}'),
    EXISTS (SELECT FROM directory_ambassador AS mark WHERE mark.profile_id = profile.id AND withdrawn_on IS NULL),
    looking_for_pl || looking_for_en <> '', offers_pl || offers_en <> '', given.document::tsvector
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS given (id, sections, document)
JOIN directory_profile AS profile ON profile.id = given.id
ON CONFLICT (profile_id) DO UPDATE SET gmina_id = excluded.gmina_id, sort_key = excluded.sort_key,
    sections = excluded.sections, specialisations = excluded.specialisations, ambassador = excluded.ambassador,
    looking = excluded.looking, offering = excluded.offering, document = excluded.document
"""
KNOWN = "SELECT word FROM directory_word WHERE word = ANY($1::text[])"
LEARN = """
INSERT INTO directory_word (word, near)
SELECT word, string_to_array(near, ' ') FROM unnest($1::text[], $2::text[]) AS given (word, near) ON CONFLICT DO NOTHING
"""


async def enter(tx: Tx, profile_ids: Sequence[UUID]) -> None:
    """Make the entries of these profiles what the profiles are now; none for what is not published."""
    await tx.execute(LEAVE, profile_ids)
    rows = await tx.fetch(PROFILES, profile_ids)
    if not rows:
        return
    documents = [document_of(row) for row in rows]
    sections = [",".join(sections_of([*row["pkd_2007"], *row["pkd_2025"]])) for row in rows]
    await tx.execute(ENTER, [row["id"] for row in rows], sections, documents)
    await learn(tx, {word for each in documents for word in vocabulary(each)})


def document_of(row: asyncpg.Record) -> str:
    """The words of a profile, as they are found."""
    return document(
        names=(row["name"], *row["specialisations"]),
        makes=(row["makes_pl"], row["makes_en"]),
        wishes=(row["looking_for_pl"], row["looking_for_en"], row["offers_pl"], row["offers_en"]),
        about=(row["town"], row["gmina"], row["nip"] or ""),
        marked=marks(
            gmina=row["gmina_slug"],
            specialisations=row["slugs"],
            sections=sections_of([*row["pkd_2007"], *row["pkd_2025"]]),
            looking=bool(row["looking_for_pl"] or row["looking_for_en"]),
            offering=bool(row["offers_pl"] or row["offers_en"]),
            ambassador=row["ambassador"],
        ),
    )


async def learn(tx: Tx, words: set[str]) -> None:
    """Keep words that were not known. In one order, so that two who learn never wait in a ring."""
    known = {row["word"] for row in await tx.fetch(KNOWN, sorted(words))}
    fresh = sorted(words - known)
    if fresh:
        await tx.execute(LEARN, fresh, [" ".join(near(word)) for word in fresh])


FORGET = """
DELETE FROM directory_word WHERE NOT EXISTS (
    SELECT FROM directory_entry WHERE document @@ ('''' || word || '''')::tsquery
)
"""


async def forget_words(tx: Tx) -> None:
    """A word that no profile uses any more goes: it may have been somebody's name."""
    await tx.execute(FORGET)
