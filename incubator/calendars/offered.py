"""Public calendars that one can choose from a list, each by the part of its address before the ending."""

from typing import NamedTuple

from incubator.db.engine import Tx
from incubator.kernel.alphabet import alphabetical


class Offer(NamedTuple):
    """`of` is `incubators/las`, say."""

    kind: str
    of: str
    name_pl: str
    name_en: str


OFFERED = """
SELECT 'gminas' AS kind, 'gminas/' || slug AS of, name AS name_pl, name AS name_en FROM gmina
UNION ALL SELECT 'incubators', 'incubators/' || slug, name, name FROM incubator WHERE status = 'open'
UNION ALL SELECT 'sessions', 'sessions/' || slug, name, name FROM gmina
UNION ALL SELECT 'programmes', 'programmes/' || slug, name_pl, name_en FROM programme WHERE state <> 'draft'
UNION ALL SELECT 'programmes', 'editions/' || programme.slug || '/' || edition.slug,
    programme.name_pl || ', ' || edition.name_pl,
    coalesce(nullif(programme.name_en, ''), programme.name_pl) || ', '
        || coalesce(nullif(edition.name_en, ''), edition.name_pl)
FROM edition JOIN programme ON programme.id = edition.programme_id
WHERE programme.state <> 'draft' AND edition.state <> 'draft'
UNION ALL SELECT 'mentors', 'mentors/' || slug, name, name FROM mentor WHERE state <> 'retired'
"""
AROUND = """
SELECT 'incubators/' || incubator.slug FROM incubator
WHERE incubator.slug = $1 OR incubator.id = (SELECT incubator_id FROM space WHERE id::text = $1)
"""
SPACES = """
SELECT 'spaces', 'spaces/' || space.id, space.name_pl, space.name_en
FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE 'incubators/' || incubator.slug = $1 AND space.retired_at IS NULL ORDER BY space.position, space.id
"""


async def offered(tx: Tx) -> list[Offer]:
    """By name; the spaces of each incubator apart."""
    return sorted((Offer(*row) for row in await tx.fetch(OFFERED)), key=lambda one: alphabetical(one.name_pl))


async def incubator_around(tx: Tx, *, of: str) -> str:
    """The calendar of the incubator that `of` is, or whose space it is; empty for others."""
    kind, _, name = of.partition("/")
    return (await tx.fetchval(AROUND, name.lower()) or "") if kind in {"incubators", "spaces"} else ""


async def spaces_offered(tx: Tx, *, of: str) -> list[Offer]:
    """Those of an incubator, in its own order."""
    return [Offer(*row) for row in await tx.fetch(SPACES, of)]
