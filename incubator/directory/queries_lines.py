"""Companies in a list, in the order in which they were found."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.directory.views import CompanyLine, SpecialisationName

NAMES = """
coalesce((
    SELECT json_agg(json_build_object('slug', known.slug, 'name_pl', name_pl, 'name_en', name_en) ORDER BY name_pl)
    FROM directory_profile_specialisation AS its JOIN directory_specialisation AS known ON known.id = specialisation_id
    WHERE its.profile_id = profile.id
), '[]')::text AS specialisations
"""
LINES = f"""
SELECT profile.id, profile.slug, profile.name, gmina.slug AS gmina_slug, gmina.name AS gmina_name, town, makes_pl, makes_en,
    looking_for_pl, looking_for_en, offers_pl, offers_en, entry.sections, entry.ambassador, logo.id AS logo_id, {NAMES}
FROM unnest($1::uuid[]) WITH ORDINALITY AS found (id, place) JOIN directory_profile AS profile ON profile.id = found.id
JOIN directory_entry AS entry ON entry.profile_id = profile.id JOIN gmina ON gmina.id = profile.gmina_id
LEFT JOIN directory_logo AS logo ON logo.profile_id = profile.id
ORDER BY place
"""


def named(told: str) -> list[SpecialisationName]:
    """As `NAMES` reads them."""
    return msgspec.json.decode(told, type=list[SpecialisationName])


async def lines(tx: Tx, profile_ids: Sequence[UUID]) -> list[CompanyLine]:
    """Of those that are shown."""
    rows = await tx.fetch(LINES, profile_ids)
    return [CompanyLine(**{**row, "specialisations": named(row["specialisations"])}) for row in map(dict, rows)]
