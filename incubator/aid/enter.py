"""Write an entry of aid down: the row, for ever, and the history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.aid.rules import Rate
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.period import WARSAW


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the aid is granted for, and where."""

    kind: str
    id: UUID
    gmina_id: UUID
    incubator_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Net grosz and euro cents; all negative with `reverses`."""

    id: UUID
    organisation_id: UUID
    subject: Subject
    market: int
    charged: int
    cents: int
    rate: Rate
    basis: str
    benchmark: str
    minutes: int | None = None
    reverses: UUID | None = None


# Papers say who it was granted to as that was on the day; what is taken back is said of the same.
INSERT = """
INSERT INTO aid_entry (id, gmina_id, incubator_id, organisation_id, subject_kind, subject_id, turn, granted_on, granted_at,
    market, charged, amount, amount_cents, rate, rate_day, rate_table, basis, benchmark, reverses, granted_by, minutes,
    holder_name, holder_nip, holder_address, holder_size)
SELECT $1, $2, $3, $4, $5, $6, (SELECT count(*) + 1 FROM aid_entry WHERE subject_kind = $5 AND subject_id = $6), $7, $8,
    $9, $10, $9::bigint - $10::bigint, $11, $12, $13, $14, $15, $16, $17, $18, $19,
    coalesce(granted.holder_name, organisation.name),
    CASE WHEN granted.id IS NULL THEN organisation.nip ELSE granted.holder_nip END,
    coalesce(granted.holder_address, said.address, ''), coalesce(granted.holder_size, said.size, '')
FROM organisation LEFT JOIN aid_entry AS granted ON granted.id = $17 LEFT JOIN LATERAL (
    SELECT address, size FROM aid_declaration WHERE organisation_id = organisation.id ORDER BY declared_at DESC LIMIT 1
) AS said ON true
WHERE organisation.id = $4
"""


async def enter(
    tx: Tx, *, entry: Entry, verb: str, actor_id: UUID | None, now: datetime, granted_at: datetime | None = None
) -> None:
    """For who holds the undertaking's lock. `granted_at` is when, where that was not now."""
    subject, when = entry.subject, granted_at or now
    await tx.execute(
        INSERT,
        entry.id,
        subject.gmina_id,
        subject.incubator_id,
        entry.organisation_id,
        subject.kind,
        subject.id,
        when.astimezone(WARSAW).date(),
        when,
        entry.market,
        entry.charged,
        entry.cents,
        entry.rate.rate,
        entry.rate.day,
        entry.rate.table_number,
        entry.basis,
        entry.benchmark,
        entry.reverses,
        actor_id,
        entry.minutes,
    )
    await record(
        tx,
        now=now,
        actor_id=actor_id,
        verb=verb,
        subject_kind="aid",
        subject_id=entry.id,
        gmina_id=subject.gmina_id,
        after={"organisation_id": entry.organisation_id, subject.kind: subject.id, "amount_cents": entry.cents},
    )
