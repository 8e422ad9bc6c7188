"""The gmina's base of entrepreneurs: a list for its coordinator, and the same as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.sheet import COLUMNS
from incubator.directory.words import fold
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.web.cursors import read_cursor, write_cursor
from incubator.web.spreadsheet import csv_file


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """A company of the gmina, whatever its state. `own`: it keeps its profile itself."""

    id: UUID
    slug: str
    name: str
    nip: str | None
    own: bool
    state: str
    hidden_because: str
    ambassador: bool
    reminders: int
    confirmed_at: datetime
    gmina_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    companies: list[DeskLine]
    next: str | None


FIELDS = """
profile.id, profile.slug, profile.name, nip, organisation_id IS NOT NULL AS own, state, hidden_because,
EXISTS (SELECT FROM directory_ambassador AS mark WHERE mark.profile_id = profile.id AND withdrawn_on IS NULL) AS ambassador,
reminders, confirmed_at, gmina.name AS gmina_name, sort_key
"""
# A draft is its owner's business.
LIST = f"""
SELECT {FIELDS} FROM directory_profile AS profile JOIN gmina ON gmina.id = gmina_id
WHERE (gmina_id = ANY($1::uuid[]) OR $2) AND state <> 'draft'
    AND ($3 = '' OR state = $3 OR $3 = 'imported' AND organisation_id IS NULL OR $3 = 'stale' AND reminders > 0)
    AND ($4 = '' OR nip = $4 OR translate(lower(profile.name), 'ąćęłńóśźż', 'acelnoszz') LIKE '%' || $4 || '%')
    AND ($5::text IS NULL OR (sort_key, profile.id) > ($5, $6::uuid))
ORDER BY sort_key, profile.id LIMIT $7
"""
EXPORT = """
SELECT profile.*, gmina.name AS gmina_name, coalesce((
    SELECT array_agg(known.slug ORDER BY known.slug) FROM directory_profile_specialisation AS its
    JOIN directory_specialisation AS known ON known.id = specialisation_id WHERE its.profile_id = profile.id
), '{}') AS specialisations
FROM directory_profile AS profile JOIN gmina ON gmina.id = gmina_id
WHERE gmina_id = $1 AND state IN ('published', 'hidden') ORDER BY sort_key, profile.id
"""


async def at_desk(
    tx: Tx, *, actor: Actor, which: str = "", words: str = "", after: str | None = None, limit: int = 50
) -> DeskPage:
    """By name. `which` is a state, "imported" or "stale". Raises BadCursor."""
    sort_key, key = read_cursor(after, str) or (None, None)
    typed = fold(" ".join(words.split())).replace("\\", "").replace("%", "").replace("_", "")
    rows = await tx.fetch(LIST, list(actor.coordinates), actor.is_administrator, which, typed, sort_key, key, limit + 1)
    shown = rows[:limit]
    more = write_cursor(shown[-1]["sort_key"], shown[-1]["id"]) if len(rows) > limit else None
    return DeskPage(companies=[DeskLine(**{k: row[k] for k in DeskLine.__slots__}) for row in shown], next=more)


async def export_companies(tx: Tx, *, actor: Actor, gmina_id: UUID) -> bytes:
    """The gmina's companies as a file that the import reads again; no cell of it is a formula. For its
    coordinator. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    rows = await tx.fetch(EXPORT, gmina_id)
    return csv_file([list(COLUMNS), *_cells(rows)])


def _cells(rows: list[asyncpg.Record]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(row[column]) for column in COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(value) if isinstance(value, list) else str(value or "")
