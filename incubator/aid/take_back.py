"""Take granted aid back when the right to it fell away: a booking called off, a price paid in full after all."""

from datetime import datetime
from uuid import UUID

from incubator.aid.enter import Entry, Subject, enter
from incubator.aid.rules import Rate
from incubator.aid.undertakings import lock_undertaking
from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7

GRANTED = """
SELECT id, gmina_id, incubator_id, organisation_id, subject_kind, subject_id, market, charged, amount_cents, rate, rate_day,
    rate_table, basis, benchmark, minutes
FROM aid_entry AS granted
WHERE subject_kind = $1 AND subject_id = $2 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
"""


async def take_back(
    tx: Tx, *, subject_kind: str, subject_id: UUID, actor_id: UUID | None, now: datetime
) -> UUID | None:
    """The id of the entry that takes it back, at the rate by which it was granted; None where there is nothing to take
    back. Called in the transaction that ends the right."""
    row = await tx.fetchrow(GRANTED, subject_kind, subject_id)
    if row is None:
        return None
    await lock_undertaking(tx, organisation_id=row["organisation_id"])
    row = await tx.fetchrow(GRANTED, subject_kind, subject_id)
    if row is None:
        return None
    entry = Entry(
        id=uuid7(),
        organisation_id=row["organisation_id"],
        subject=Subject(kind=subject_kind, id=subject_id, gmina_id=row["gmina_id"], incubator_id=row["incubator_id"]),
        market=-row["market"],
        charged=-row["charged"],
        cents=-row["amount_cents"],
        rate=Rate(day=row["rate_day"], rate=row["rate"], table_number=row["rate_table"]),
        basis=row["basis"],
        benchmark=row["benchmark"],
        minutes=row["minutes"],
        reverses=row["id"],
    )
    await enter(tx, entry=entry, verb="take_aid_back", actor_id=actor_id, now=now)
    return entry.id
