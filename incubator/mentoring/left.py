"""What is left of somebody's mentor time, a startup's or their own: the credits that programmes granted, and the gmina's month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.mentoring.clock import month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLeft:
    """A grant of mentor minutes that is good for the time asked about."""

    id: UUID
    name_pl: str
    name_en: str
    programme_id: UUID | None
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """`month_minutes` is what the gmina's policy leaves in the `month`; None is no limit."""

    credits: tuple[CreditLeft, ...]
    month: date
    month_limit: int | None
    month_minutes: int | None

    def of_programme(self, programme_id: UUID) -> int:
        """The most that one grant of this programme still holds."""
        return max((one.left for one in self.credits if one.programme_id == programme_id), default=0)

    @property
    def programmes(self) -> frozenset[UUID]:
        """Whose own hours the asker may have."""
        return frozenset(one.programme_id for one in self.credits if one.programme_id is not None)


CREDITS = """
SELECT id, name_pl, name_en, programme_id, granted - used AS left FROM credit
WHERE holder_id = $1 AND kind = 'mentor_minutes' AND (gmina_id IS NULL OR gmina_id = $2)
    AND valid @> tstzrange($3, $4) ORDER BY upper(valid), id
"""
MONTH = """
SELECT CASE WHEN $2::uuid IS NULL THEN person_minutes ELSE organisation_minutes END AS most,
    coalesce((SELECT minutes FROM mentoring_use WHERE gmina_id = $1 AND holder_id = coalesce($2, $3) AND starts = $4), 0)
        AS used
FROM mentoring_policy WHERE gmina_id = $1
"""


PROGRAMMES = """
SELECT DISTINCT programme_id FROM credit
WHERE holder_id = ANY($1::uuid[]) AND kind = 'mentor_minutes' AND programme_id IS NOT NULL
    AND upper(valid) > $2 AND used < granted
"""


async def programmes_of(tx: Tx, *, holder_ids: Collection[UUID], now: datetime) -> frozenset[UUID]:
    """Programmes of which organisations, or people for themselves, have mentor time left, now or later, in some gmina: whose hours are
    worth showing. The statement that books asks for a credit that is good then and there."""
    rows = await tx.fetch(PROGRAMMES, list(holder_ids), now)
    return frozenset(row["programme_id"] for row in rows)


async def left_of(tx: Tx, *, gmina_id: UUID, account_id: UUID, organisation_id: UUID | None, period: Period) -> Left:
    """What the organisation, or else the person, could draw on for a meeting of the gmina in `period`."""
    month = month_of(period.start)
    rows = await tx.fetch(CREDITS, organisation_id or account_id, gmina_id, period.start, period.end)
    policy = await tx.fetchrow(MONTH, gmina_id, organisation_id, account_id, month)
    most = policy["most"] if policy else None
    return Left(
        credits=tuple(CreditLeft(**row) for row in rows),
        month=month,
        month_limit=most,
        month_minutes=None if policy is None or most is None else max(most - policy["used"], 0),
    )
