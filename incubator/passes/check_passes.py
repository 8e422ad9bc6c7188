"""Each night: does the ledger hold as paid ahead what is not drawn from passes, pass by pass and in all?"""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.check_books import check_part
from incubator.passes.draw_down import DRAWN

PART = "passes"
# What is drawn is earned to the nearest grosz; the rest is ahead. Of what was called off nothing is left.
FAULTS = f"""
WITH ahead AS (
    SELECT bought.id, bought.gmina_id, bought.charge_id, CASE WHEN bought.ended_at IS NOT NULL OR charge.id IS NULL THEN 0
        WHEN credit.id IS NULL THEN charge.net - charge.back_net
        ELSE charge.net - charge.back_net
            - (2 * (charge.net - charge.back_net) * (credit.used - ({DRAWN})) + credit.granted) / (2 * credit.granted)
    END AS amount
    FROM pass_bought AS bought LEFT JOIN charge ON charge.id = bought.charge_id
    LEFT JOIN credit ON credit.id = bought.credit_id
), posted AS (
    SELECT ahead.id, -sum(posting.amount) AS amount FROM ahead JOIN entry
        ON subject_kind = 'pass' AND subject_id = ahead.id OR subject_kind = 'charge' AND subject_id = ahead.charge_id
    JOIN posting ON entry_id = entry.id AND account = 'prepaid' GROUP BY ahead.id
), balance AS (
    SELECT gmina_id, -sum(posting.amount) AS amount FROM entry JOIN posting ON entry_id = entry.id
    WHERE account = 'prepaid' GROUP BY gmina_id
), wanted AS (
    SELECT gmina_id, sum(amount) AS amount FROM ahead GROUP BY gmina_id
)
SELECT gmina_id, format('pass %s: %s paid ahead, the ledger says %s', ahead.id, ahead.amount, coalesce(posted.amount, 0)) AS fault
FROM ahead LEFT JOIN posted USING (id) WHERE ahead.amount <> coalesce(posted.amount, 0)
UNION ALL
SELECT gmina_id, format('passes come to %s paid ahead, the ledger says %s', coalesce(wanted.amount, 0), coalesce(balance.amount, 0))
FROM wanted FULL JOIN balance USING (gmina_id) WHERE coalesce(wanted.amount, 0) <> coalesce(balance.amount, 0)
"""
GMINAS = "SELECT DISTINCT gmina_id FROM pass_bought UNION SELECT DISTINCT gmina_id FROM entry"


async def check_passes(tx: Tx, *, now: datetime) -> dict[UUID, list[str]]:
    """What is wrong, by gmina, kept for the desk to see and logged."""
    return await check_part(tx, part=PART, gminas=GMINAS, faults=FAULTS, now=now)
