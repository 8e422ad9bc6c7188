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
from incubator.payments.stripe.tells import Begins, Ended
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
ABOUT = "SELECT subject_kind, subject_id FROM charge WHERE id = $1"
LAPSED = "SELECT true FROM charge WHERE id = $1 AND state = 'open' AND lapses AND due_at <= $2"


class Follows(Protocol):
    """Does what follows, in the transaction that notes it. It may be told again of the same charge: where a
    payment was taken back and came again, say. It calls cancel_charge where the thing is given up."""

    def __call__(self, tx: Tx, *, charge: ChargeView, now: datetime) -> Awaitable[object]: ...


class Locks(Protocol):
    """Locks the thing before its charge is locked: in the order in which the verbs of the thing lock both."""

    def __call__(self, tx: Tx, *, subject_id: UUID) -> Awaitable[object]: ...


class Begun(Protocol):
    """Somebody begins to pay the charge by a checkout that is open `until` then."""

    def __call__(
        self, tx: Tx, *, subject_id: UUID, charge_id: UUID, until: datetime, now: datetime
    ) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What happens when the charge is paid, when it is not in time (nothing, where who made it is reminded only),
    when money comes for it after it was cancelled, and when somebody begins to pay it."""

    paid: Follows
    overdue: Follows | None = None
    late: Follows | None = None
    begun: Begun | None = None
    locks: Locks | None = None


def in_turn(*follows: Follows) -> Follows:
    """One after another, in the same transaction."""

    async def all_of_them(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
        for one in follows:
            await one(tx, charge=charge, now=now)

    return all_of_them


@dataclass(frozen=True, slots=True)
class HandOver:
    """The table, and the jobs that act on it."""

    subjects: Mapping[str, Subject]

    async def tell_paid(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """A charge was paid: once each time that it was."""

        async def whole(tx: Tx) -> None:
            charge, follows = await self._locked(tx, subject_id)
            if follows is not None and await tx.fetchval(TOLD, subject_id, now):
                await follows.paid(tx, charge=charge, now=now)

        await attempt(db, whole)

    async def look_for_overdue(self, tx: Tx, *, now: datetime) -> None:
        """Comes round: each charge that has become due without being paid, once."""
        kinds = [kind for kind, subject in self.subjects.items() if subject.overdue is not None]
        for (charge_id,) in await tx.fetch(LATE, now, kinds):
            await enqueue(tx, job=OVERDUE, subject_id=charge_id)

    async def tell_overdue(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """A charge was not paid in time, and still is not."""

        async def whole(tx: Tx) -> None:
            charge, follows = await self._locked(tx, subject_id)
            if charge.state == ChargeState.OPEN and charge.due_at <= now and follows and follows.overdue:
                await follows.overdue(tx, charge=charge, now=now)

        await attempt(db, whole)

    async def tell_late(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """Money came for a charge that had been cancelled, and has not gone back."""

        async def whole(tx: Tx) -> None:
            charge, follows = await self._locked(tx, subject_id)
            if charge.state == ChargeState.CANCELLED and charge.surplus and follows and follows.late:
                await follows.late(tx, charge=charge, now=now)

        await attempt(db, whole)

    async def on_begins(self, tx: Tx, *, told: Begins, now: datetime) -> None:
        """Somebody begins to pay: before the charge is locked."""
        row = await tx.fetchrow(ABOUT, told.charge_id)
        follows = self.subjects.get(row["subject_kind"]) if row is not None else None
        if row is not None and follows is not None and follows.begun is not None:
            given = {"subject_id": row["subject_id"], "charge_id": told.charge_id}
            await follows.begun(tx, **given, until=told.until, now=now)

    async def on_ended(self, tx: Tx, *, told: Ended, now: datetime) -> None:
        """A checkout ended unpaid: what waited for it and is over is looked at again."""
        if await tx.fetchval(LAPSED, told.charge_id, now):
            await enqueue(tx, job=OVERDUE, subject_id=told.charge_id)

    async def _locked(self, tx: Tx, charge_id: UUID) -> tuple[ChargeView, Subject | None]:
        """Raises NoSuchCharge."""
        row = await tx.fetchrow(ABOUT, charge_id)
        follows = self.subjects.get(row["subject_kind"]) if row is not None else None
        if row is not None and follows is not None and follows.locks is not None:
            await follows.locks(tx, subject_id=row["subject_id"])
        return await locked(tx, charge_id=charge_id), follows
