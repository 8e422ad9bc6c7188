"""Each night: do the papers of a charge say what of its price is kept, and its notes what the tax does not know?"""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.outside import KEPT
from incubator.ledger.check_books import check_part

PART = "invoices"
FAULTS = f"""
WITH {KEPT}, told AS (
    SELECT charge_id, sum(gross)::bigint AS total FROM invoice WHERE charge_id IS NOT NULL GROUP BY charge_id
), noted AS (
    SELECT charge_id, kind, sum(amount)::bigint AS total FROM accounting_note GROUP BY charge_id, kind
)
SELECT gmina_id, format('charge %s: its invoices come to %s, kept of it is %s', number, total, taxed) AS fault
FROM kept JOIN told ON charge_id = id WHERE total <> taxed
UNION ALL
SELECT gmina_id, format('charge %s: its notes (%s) come to %s, kept of it is %s', number, kind, total,
    CASE kind WHEN 'deposit' THEN deposit_kept ELSE outside END)
FROM kept JOIN noted ON charge_id = id WHERE total <> CASE kind WHEN 'deposit' THEN deposit_kept ELSE outside END
UNION ALL
SELECT gmina_id, format('invoice %s: the charge that it is for is not there', number) FROM invoice
WHERE charge_id IS NOT NULL AND NOT EXISTS (SELECT FROM charge WHERE charge.id = charge_id)
"""
GMINAS = "SELECT DISTINCT gmina_id FROM invoice UNION SELECT DISTINCT gmina_id FROM accounting_note"


async def check_invoices(tx: Tx, *, now: datetime) -> dict[UUID, list[str]]:
    """What differs, by gmina, kept for the desk to see beside the ledger's own check, and logged."""
    return await check_part(tx, part=PART, gminas=GMINAS, faults=FAULTS, now=now)
