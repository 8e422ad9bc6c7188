"""A file of companies, as it is looked at before it counts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.directory.check_rows import RowProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """A good row: `what` is "new", "changed", "unchanged", "own" or "objected"; `changes` are the columns that change."""

    line: int
    nip: str
    name: str
    what: str
    changes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """Counts are of rows; a file with bad ones cannot be applied. `rows` and `problems` are the first of them."""

    id: UUID
    gmina_id: UUID
    gmina_name: str
    source: str
    source_day: date
    fresh: int
    changed: int
    unchanged: int
    skipped: int
    bad: int
    rows: list[ImportLine]
    problems: list[RowProblem]
    made_at: datetime
    applied_at: datetime | None
