"""Who is away when, and who can be asked instead: for the time picker, which is public."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """A time in which the mentor cannot be met."""

    id: UUID
    mentor_id: UUID
    period: Period
    stand_in_id: UUID | None
    stand_in_slug: str | None
    stand_in_name: str | None


ABSENCES = """
SELECT mentor_absence.id, mentor_id, period, stand_in_id, mentor.slug AS stand_in_slug, mentor.name AS stand_in_name
FROM mentor_absence LEFT JOIN mentor ON mentor.id = stand_in_id AND mentor.state = 'active'
WHERE mentor_id = $1 AND removed_at IS NULL AND upper(period) > $2 AND ($3::timestamptz IS NULL OR lower(period) < $3)
ORDER BY lower(period)
"""


async def absences_of(tx: Tx, *, mentor_id: UUID, after: datetime, before: datetime | None = None) -> list[AbsenceView]:
    """Absences that touch the time, by start."""
    rows = [dict(row) for row in await tx.fetch(ABSENCES, mentor_id, after, before)]
    return [AbsenceView(**{**row, "period": Period(row["period"].lower, row["period"].upper)}) for row in rows]


STAND_INS = """
SELECT id, name FROM mentor WHERE state = 'active' AND gmina_id = $2 AND id <> $1 AND id IN (
    SELECT mentor_id FROM mentor_topic WHERE topic_slug IN (SELECT topic_slug FROM mentor_topic WHERE mentor_id = $1)
) ORDER BY name, id
"""


async def stand_ins_for(tx: Tx, *, mentor_id: UUID, gmina_id: UUID) -> list[tuple[UUID, str]]:
    """Who could stand in: active, of the gmina, with a topic in common."""
    return [(row["id"], row["name"]) for row in await tx.fetch(STAND_INS, mentor_id, gmina_id)]
