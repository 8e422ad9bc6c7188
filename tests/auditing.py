"""Goes through a whole database and says what must not be: for tests that race and kill.

Each check is a query of its own that trusts neither the constraint nor the verbs. No complaint
means that nothing is in two places at once, that every booking and every block has exactly the
occupancies it should, that quotas count what was booked, and that history tells the last of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

OVERLAPS = """
SELECT resource_id, during FROM (
    SELECT resource_id, during,
        max(upper(during)) OVER (
            PARTITION BY resource_id ORDER BY lower(during), id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reaches
    FROM occupancy
) AS told WHERE lower(during) < reaches
"""

CONSTRAINT = "SELECT NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'nothing_twice' AND convalidated) AS missing"

# What each booking and each block should have in `occupancy`, worked out from the booking alone.
EXPECTED = """
WITH expected AS (
    SELECT booking.id AS subject_id, space_resource.resource_id, 'booking' AS purpose,
        tstzrange(lower(period), upper(period) + space.turnaround_minutes * interval '1 minute') AS during,
        CASE state WHEN 'held' THEN 'held' WHEN 'awaiting_approval' THEN 'pending' ELSE 'firm' END AS state
    FROM booking JOIN space ON space.id = booking.space_id JOIN space_resource ON space_resource.space_id = space.id
    WHERE state IN ('held', 'awaiting_payment', 'confirmed', 'checked_in', 'completed', 'no_show')
        OR (state = 'awaiting_approval' AND space.pending_blocks)
    UNION ALL
    SELECT block.id, space_resource.resource_id, 'block', block.period, 'firm'
    FROM block JOIN space_resource ON space_resource.space_id = block.space_id
    WHERE removed_at IS NULL
),
found AS (SELECT subject_id, resource_id, purpose, during, state FROM occupancy)
"""
MISSING = f"{EXPECTED} SELECT * FROM expected EXCEPT ALL SELECT * FROM found"
SUPERFLUOUS = f"{EXPECTED} SELECT * FROM found EXCEPT ALL SELECT * FROM expected"

# The minutes of each booking, cut at the midnights in Warsaw where weeks or months begin.
QUOTAS = """
WITH counting AS (
    SELECT booking.quota_id, coalesce(booking.organisation_id, booking.account_id) AS holder_id, booking.period,
        quota.unit, ('1 ' || quota.unit)::interval AS step
    FROM booking JOIN quota ON quota.id = booking.quota_id
    WHERE state NOT IN ('cancelled', 'declined', 'expired')
),
drawn AS (
    SELECT quota_id, holder_id, starts::date AS starts,
        sum(extract(epoch FROM least(upper(period), (starts + step) AT TIME ZONE 'Europe/Warsaw')
            - greatest(lower(period), starts AT TIME ZONE 'Europe/Warsaw')) / 60) AS minutes
    FROM counting, generate_series(
        date_trunc(unit, lower(period) AT TIME ZONE 'Europe/Warsaw'),
        upper(period) AT TIME ZONE 'Europe/Warsaw' - interval '1 second', step
    ) AS starts
    GROUP BY 1, 2, 3
)
SELECT quota_id, holder_id, starts, drawn.minutes AS booked, quota_use.minutes AS counted
FROM drawn FULL JOIN quota_use USING (quota_id, holder_id, starts)
WHERE coalesce(drawn.minutes, 0) <> coalesce(quota_use.minutes, 0)
"""
OVERDRAWN = "SELECT * FROM quota_use WHERE minutes > max_minutes OR minutes < 0"

HOLDS = """
SELECT account_id, held.holds AS there, live_holds.holds AS counted
FROM (SELECT account_id, count(*) AS holds FROM booking WHERE state = 'held' GROUP BY account_id) AS held
FULL JOIN live_holds USING (account_id) WHERE coalesce(held.holds, 0) <> coalesce(live_holds.holds, 0)
"""

HISTORY = """
SELECT booking.id, booking.state, last.after->>'state' AS told, booking.period, last.after FROM booking
LEFT JOIN LATERAL (
    SELECT after FROM history WHERE subject_id = booking.id ORDER BY history.id DESC LIMIT 1
) AS last ON true
WHERE last.after IS NULL OR last.after->>'state' <> booking.state
    OR (last.after->>'start')::timestamptz <> lower(booking.period)
    OR (last.after->>'end')::timestamptz <> upper(booking.period)
"""

# An occurrence of a series is a booking or a date skipped for a reason, never both.
SERIES = """
SELECT series_id, occurrence FROM booking WHERE series_id IS NOT NULL
INTERSECT SELECT series_id, occurrence FROM series_skip
"""

CHECKS = {
    "two at once": OVERLAPS,
    "the constraint is gone": f"SELECT * FROM ({CONSTRAINT}) AS told WHERE missing",
    "an occupancy is missing": MISSING,
    "an occupancy without reason": SUPERFLUOUS,
    "a quota counts wrong": QUOTAS,
    "a quota is overdrawn": OVERDRAWN,
    "holds are counted wrong": HOLDS,
    "history tells something else": HISTORY,
    "an occurrence both booked and skipped": SERIES,
}


async def audit(tx: Tx) -> list[str]:
    """What is wrong in the database: at most ten complaints of each kind; empty when all is well."""
    complaints: list[str] = []
    for name, query in CHECKS.items():
        complaints += [f"{name}: {dict(row)}" for row in (await tx.fetch(query))[:10]]
    return complaints


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the service last acknowledged of a booking. `in_doubt` when a later request got no
    answer, so that nobody can know which of the two came true."""

    booking_id: UUID
    state: str
    start: datetime
    end: datetime
    sequence: int
    in_doubt: bool = False


async def audit_receipts(tx: Tx, receipts: Iterable[Receipt]) -> list[str]:
    """What was acknowledged and is not so: each booking has to be there, as it was said or later."""
    rows = {row["id"]: row for row in await tx.fetch("SELECT id, state, period, sequence FROM booking")}
    return [
        complaint
        for receipt in receipts
        if (complaint := _compare(receipt, dict(rows[receipt.booking_id]) if receipt.booking_id in rows else None))
    ]


def _compare(receipt: Receipt, row: dict[str, object] | None) -> str | None:
    if row is None:
        return f"acknowledged and lost: {receipt}"
    period, sequence = row["period"], int(str(row["sequence"]))
    if sequence < receipt.sequence:
        return f"acknowledged and undone: {receipt} is now {row}"
    said = (receipt.state, receipt.start, receipt.end)
    found = (row["state"], period.lower, period.upper)  # type: ignore[attr-defined]
    if sequence == receipt.sequence and said != found and not receipt.in_doubt:
        return f"acknowledged otherwise: {receipt} is now {row}"
    return None
