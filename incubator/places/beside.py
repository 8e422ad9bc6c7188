"""What else there is for who starts something, for the first page: mentors to meet, and calls that are open."""

from dataclasses import dataclass
from datetime import datetime

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """An edition of a programme to which one can apply now."""

    programme_slug: str
    edition_slug: str
    name_pl: str
    name_en: str
    edition_name_pl: str
    edition_name_en: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How many mentors can be met, and the calls that are open, the first to close first."""

    mentors: int
    calls: tuple[OpenCall, ...]


MENTORS = "SELECT count(*) FROM mentor WHERE state = 'active'"
CALLS = """
SELECT programme.slug AS programme_slug, edition.slug AS edition_slug, programme.name_pl, programme.name_en,
    edition.name_pl AS edition_name_pl, edition.name_en AS edition_name_en, closes_at
FROM call JOIN edition ON edition.id = call.edition_id JOIN programme ON programme.id = edition.programme_id
WHERE call.published_at <= $1 AND opens_at <= $1 AND closes_at > $1 AND edition.state = 'published'
    AND programme.state <> 'draft'
ORDER BY closes_at, edition.id LIMIT 20
"""


async def beside(tx: Tx, *, now: datetime) -> Beside:
    """As everybody sees them at `now`."""
    calls = tuple(OpenCall(**row) for row in await tx.fetch(CALLS, now))
    return Beside(mentors=await tx.fetchval(MENTORS), calls=calls)
