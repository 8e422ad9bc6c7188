"""Local specialisations: the list that the metropolis office keeps, and what a company counts itself to."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.views import SpecialisationView
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_, Invalid, NotFound


class NoSuchSpecialisation(NotFound):
    code = "no_such_specialisation"
    sentence = N_("There is no such local specialisation.")


class UnknownSpecialisation(Invalid):
    """A company counts itself to what is not on the list, or not any more. `slug` says which."""

    code = "unknown_specialisation"
    sentence = N_("“{slug}” is not on the list of local specialisations.")

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


ALL = """
SELECT id, slug, name_pl, name_en, retired_at IS NOT NULL AS retired, version,
    (SELECT count(*) FROM directory_entry WHERE specialisations @> ARRAY[specialisation.id]) AS companies
FROM directory_specialisation AS specialisation WHERE ($1 OR retired_at IS NULL)
"""
HELD = "SELECT specialisation_id FROM directory_profile_specialisation WHERE profile_id = $1"
KNOWN = "SELECT id, slug, retired_at FROM directory_specialisation WHERE slug = ANY($1::text[])"
CLEAR = "DELETE FROM directory_profile_specialisation WHERE profile_id = $1"
SET = """
INSERT INTO directory_profile_specialisation (profile_id, specialisation_id)
SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING
"""


async def all_specialisations(tx: Tx, *, retired: bool = False) -> list[SpecialisationView]:
    """By the Polish alphabet."""
    rows = await tx.fetch(ALL, retired)
    return sorted((SpecialisationView(**row) for row in rows), key=lambda one: alphabetical(one.name_pl))


async def one_specialisation(tx: Tx, *, slug: str) -> SpecialisationView:
    """Raises NoSuchSpecialisation."""
    row = await tx.fetchrow(f"{ALL} AND slug = $2", True, slug)
    if row is None:
        raise NoSuchSpecialisation()
    return SpecialisationView(**row)


async def set_specialisations(tx: Tx, *, profile_id: UUID, slugs: list[str]) -> None:
    """What a company counts itself to from now on. One that was retired stays with who had it. Raises
    UnknownSpecialisation."""
    held = {row["specialisation_id"] for row in await tx.fetch(HELD, profile_id)}
    known = {
        row["slug"]: row["id"] for row in await tx.fetch(KNOWN, slugs) if row["retired_at"] is None or row["id"] in held
    }
    for slug in slugs:
        if slug not in known:
            raise UnknownSpecialisation(slug)
    await tx.execute(CLEAR, profile_id)
    await tx.execute(SET, profile_id, sorted(known.values()))
