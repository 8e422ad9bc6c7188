"""Each night: do charges say what their payments and refunds add up to, and does the ledger say the same?"""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.check_books import check_part

PART = "payments"
# What a correction takes back counts for the subject of what it takes back.
FAULTS = """
WITH came AS (
    SELECT charge_id, sum(amount) AS total FROM payment WHERE withdrawn_at IS NULL GROUP BY charge_id
), went AS (
    SELECT charge_id, sum(amount) AS total, coalesce(sum(amount) FILTER (WHERE state <> 'done'), 0) AS coming
    FROM refund GROUP BY charge_id
), subject AS (
    SELECT entry.id AS entry_id, coalesce(first.subject_kind, entry.subject_kind) AS kind,
        coalesce(first.subject_id, entry.subject_id) AS key
    FROM entry LEFT JOIN entry AS first ON first.id = entry.reverses
), posted AS (
    SELECT coalesce(payment.charge_id, refund.charge_id, subject.key) AS charge_id,
        sum(amount_of.amount) FILTER (WHERE account = 'receivable') AS receivable,
        sum(amount_of.amount) FILTER (WHERE account = 'deposits') AS deposits
    FROM subject JOIN posting AS amount_of USING (entry_id)
    LEFT JOIN payment ON kind = 'payment' AND payment.id = key
    LEFT JOIN refund ON kind = 'refund' AND refund.id = key
    WHERE kind IN ('charge', 'payment', 'refund') GROUP BY 1
), found AS (
    SELECT gmina_id, number, state, charge.paid, charge.refunded, outstanding, deposit - deposit_back - deposit_kept AS held,
        coalesce(came.total, 0) AS came, coalesce(went.total, 0) AS went, coalesce(went.coming, 0) AS coming,
        coalesce(receivable, 0) AS receivable, coalesce(deposits, 0) AS deposits
    FROM charge LEFT JOIN came ON came.charge_id = charge.id LEFT JOIN went ON went.charge_id = charge.id
    LEFT JOIN posted ON posted.charge_id = charge.id
)
SELECT gmina_id, format('charge %s: paid %s, payments come to %s', number, paid, came) FROM found WHERE paid <> came
UNION ALL
SELECT gmina_id, format('charge %s: refunded %s, refunds come to %s', number, refunded, went) FROM found WHERE refunded <> went
UNION ALL
SELECT gmina_id, format('charge %s: %s outstanding, the ledger says %s', number, outstanding - coming, receivable)
FROM found WHERE receivable <> outstanding - coming
UNION ALL
SELECT gmina_id, format('charge %s: deposit of %s held, the ledger says %s', number, held, -deposits)
FROM found WHERE deposits <> -held
UNION ALL
SELECT gmina_id, format('charge %s: open, and nothing outstanding', number) FROM found WHERE state = 'open' AND outstanding <= 0
UNION ALL
SELECT gmina_id, format('entry %s: its %s %s is not there', entry.id, subject_kind, subject_id) FROM entry
WHERE subject_kind = 'charge' AND NOT EXISTS (SELECT FROM charge WHERE charge.id = entry.subject_id)
    OR subject_kind = 'payment' AND NOT EXISTS (SELECT FROM payment WHERE payment.id = entry.subject_id)
    OR subject_kind = 'refund' AND NOT EXISTS (SELECT FROM refund WHERE refund.id = entry.subject_id)
"""
GMINAS = "SELECT DISTINCT gmina_id FROM charge UNION SELECT DISTINCT gmina_id FROM entry"


async def check_charges(tx: Tx, *, now: datetime) -> dict[UUID, list[str]]:
    """What is wrong, by gmina, kept for the desk to see and logged."""
    return await check_part(tx, part=PART, gminas=GMINAS, faults=FAULTS, now=now)
