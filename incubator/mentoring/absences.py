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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A meeting that was in the way of an absence: handed over to the stand-in, or called off."""

    absence_id: UUID
    meeting_id: UUID
    period: Period
    who: str
    handed_over: bool


# What was called off for an absence was called off at the instant in which it was noted; what was handed over is the
# stand-in's now, unless it changed hands again.
SETTLED = """
SELECT absence.id AS absence_id, meeting.id AS meeting_id, meeting.period,
    coalesce(organisation.name, account.name) AS who, meeting.mentor_id <> absence.mentor_id AS handed_over
FROM mentor_absence AS absence JOIN meeting ON meeting.mentor_id = ANY(ARRAY[absence.mentor_id, absence.stand_in_id])
    AND lower(meeting.period) >= lower(absence.period) - interval '1 day'
    AND lower(meeting.period) < upper(absence.period) AND meeting.period && absence.period
    AND (state = 'cancelled' AND meeting.mentor_id = absence.mentor_id AND meeting.changed_at = absence.created_at
        OR meeting.mentor_id = absence.stand_in_id AND meeting.stands_in_for = absence.mentor_id)
JOIN account ON account.id = meeting.account_id LEFT JOIN organisation ON organisation.id = meeting.organisation_id
WHERE absence.mentor_id = $1 AND absence.removed_at IS NULL AND upper(absence.period) > $2
ORDER BY lower(meeting.period), meeting.id
"""


async def settled_for(tx: Tx, *, mentor_id: UUID, after: datetime) -> list[Settled]:
    """What became of meetings in the absences that are not over, by start; for who may see the mentor's meetings."""
    rows = [dict(row) for row in await tx.fetch(SETTLED, mentor_id, after)]
    return [Settled(**{**row, "period": Period(row["period"].lower, row["period"].upper)}) for row in rows]


STAND_INS = """
SELECT id, name FROM mentor WHERE state = 'active' AND gmina_id = $2 AND id <> $1 AND id IN (
    SELECT mentor_id FROM mentor_topic WHERE topic_slug IN (SELECT topic_slug FROM mentor_topic WHERE mentor_id = $1)
) ORDER BY name, id
"""


async def stand_ins_for(tx: Tx, *, mentor_id: UUID, gmina_id: UUID) -> list[tuple[UUID, str]]:
    """Who could stand in: active, of the gmina, with a topic in common."""
    return [(row["id"], row["name"]) for row in await tx.fetch(STAND_INS, mentor_id, gmina_id)]
