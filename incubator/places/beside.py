"""What else there is for who starts something, for the first page: mentors to meet, calls that are open, sessions
that come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
class Coming:
    """A session of knowledge exchange that comes."""

    id: UUID
    title_pl: str
    title_en: str
    start: datetime
    gmina_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How many mentors can be met, the calls that are open, the first to close first, and the next sessions."""

    mentors: int
    calls: tuple[OpenCall, ...]
    sessions: tuple[Coming, ...]


MENTORS = "SELECT count(*) FROM mentor WHERE state = 'active'"
CALLS = """
SELECT programme.slug AS programme_slug, edition.slug AS edition_slug, programme.name_pl, programme.name_en,
    edition.name_pl AS edition_name_pl, edition.name_en AS edition_name_en, closes_at
FROM call JOIN edition ON edition.id = call.edition_id JOIN programme ON programme.id = edition.programme_id
WHERE call.published_at <= $1 AND opens_at <= $1 AND closes_at > $1 AND edition.state = 'published'
    AND programme.state <> 'draft'
ORDER BY closes_at, edition.id LIMIT 20
"""

# $2: of this gmina (its slug), or of all.
SESSIONS = """
SELECT session.id, title_pl, title_en, lower(period) AS start, gmina.name AS gmina_name
FROM session LEFT JOIN gmina ON gmina.id = session.gmina_id
WHERE session.state = 'published' AND lower(period) > $1 AND ($2::text IS NULL OR gmina.slug = $2)
ORDER BY lower(period), session.id LIMIT $3
"""


async def beside(tx: Tx, *, now: datetime) -> Beside:
    """As everybody sees them at `now`."""
    calls = tuple(OpenCall(**row) for row in await tx.fetch(CALLS, now))
    return Beside(mentors=await tx.fetchval(MENTORS), calls=calls, sessions=await sessions_next(tx, now=now, most=3))


async def sessions_next(tx: Tx, *, gmina: str | None = None, now: datetime, most: int) -> tuple[Coming, ...]:
    """The next sessions, of the gmina with this slug or of all."""
    return tuple(Coming(**row) for row in await tx.fetch(SESSIONS, now, gmina, most))
