"""Files of companies, for the gmina's desk."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.directory.check_rows import RowProblem
from incubator.directory.views_import import ImportLine, ImportView
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor

SHOWN = 200
LIVES = timedelta(days=1)


class NoSuchImport(NotFound):
    """None, or of another gmina."""

    code = "no_such_import"
    sentence = N_("There is no such import.")


ONE = """
SELECT import.id, import.gmina_id, gmina.name AS gmina_name, source, source_day, fresh, changed, unchanged, skipped, bad, made_at,
    applied_at, jsonb_path_query_array(rows, '$[0 to 199]')::text AS rows,
    jsonb_path_query_array(problems, '$[0 to 199]')::text AS problems
FROM directory_import AS import JOIN gmina ON gmina.id = import.gmina_id
WHERE import.id = $1 AND (import.gmina_id = ANY($2::uuid[]) OR $3)
"""
# What was looked at and not applied goes after a day; of what was applied, the rows go: they stand in the directory.
FORGET = """
DELETE FROM directory_import WHERE made_at < $1 AND applied_at IS NULL
"""
EMPTY = """
UPDATE directory_import SET rows = '[]', problems = '[]' WHERE made_at < $1 AND applied_at IS NOT NULL AND rows <> '[]'
"""


async def import_for(tx: Tx, *, actor: Actor, import_id: UUID) -> ImportView:
    """Raises NoSuchImport."""
    row = await tx.fetchrow(ONE, import_id, list(actor.coordinates), actor.is_administrator)
    if row is None:
        raise NoSuchImport()
    told = {**row, "rows": _rows(row["rows"]), "problems": _problems(row["problems"])}
    return ImportView(**told)


async def forget_imports(tx: Tx, *, now: datetime) -> None:
    """No file is kept longer than a day."""
    await tx.execute(FORGET, now - LIVES)
    await tx.execute(EMPTY, now - LIVES)


class _Line(msgspec.Struct):
    line: int
    nip: str
    name: str
    what: str
    changes: list[str] = []


def _rows(told: str) -> list[ImportLine]:
    return [
        ImportLine(line=each.line, nip=each.nip, name=each.name, what=each.what, changes=each.changes)
        for each in msgspec.json.decode(told, type=list[_Line])
    ]


def _problems(told: str) -> list[RowProblem]:
    return msgspec.json.decode(told, type=list[RowProblem])
