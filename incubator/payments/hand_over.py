"""What happens to the things that charges are for: handed in by `features.py` as a table, by kind of subject.
It follows as a job, so that money that came is kept whatever becomes of the thing."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt
from incubator.jobs.enqueue import enqueue
from incubator.payments.locked import locked
from incubator.payments.states import ChargeState
from incubator.payments.views import ChargeView

OVERDUE = "charge_overdue"
"""The job that does what follows from a charge not being paid in time."""
LATE = """
UPDATE charge SET told_overdue_at = $1
WHERE id IN (
    SELECT id FROM charge WHERE state = 'open' AND due_at <= $1 AND told_overdue_at IS NULL AND subject_kind = ANY($2::text[])
    ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED
)
RETURNING id
"""
TOLD = "UPDATE charge SET told_paid_at = $2 WHERE id = $1 AND state = 'paid' AND told_paid_at IS NULL RETURNING id"


class Follows(Protocol):
    """Does what follows, in the transaction that notes it. It may be told again of the same charge: where a
    payment was taken back and came again, say. It calls cancel_charge where the thing is given up."""

    def __call__(self, tx: Tx, *, charge: ChargeView, now: datetime) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What happens when the charge is paid, and when it is not in time: nothing, where who made it is reminded only."""

    paid: Follows
    overdue: Follows | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """The table, and the jobs that act on it."""

    subjects: Mapping[str, Subject]

    async def tell_paid(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """A charge was paid: once each time that it was."""

        async def whole(tx: Tx) -> None:
            charge = await locked(tx, charge_id=subject_id)
            if charge.subject_kind in self.subjects and await tx.fetchval(TOLD, subject_id, now):
                await self.subjects[charge.subject_kind].paid(tx, charge=charge, now=now)

        await attempt(db, whole)

    async def look_for_overdue(self, tx: Tx, *, now: datetime) -> None:
        """Comes round: each charge that has become due without being paid, once."""
        kinds = [kind for kind, subject in self.subjects.items() if subject.overdue is not None]
        for (charge_id,) in await tx.fetch(LATE, now, kinds):
            await enqueue(tx, job=OVERDUE, subject_id=charge_id)

    async def tell_overdue(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """A charge was not paid in time, and still is not."""

        async def whole(tx: Tx) -> None:
            charge = await locked(tx, charge_id=subject_id)
            follows = self.subjects[charge.subject_kind].overdue if charge.subject_kind in self.subjects else None
            if charge.state == ChargeState.OPEN and charge.due_at <= now and follows is not None:
                await follows(tx, charge=charge, now=now)

        await attempt(db, whole)
