"""What of a charge is outside the scope of the tax: no invoice tells of it."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.money import part

OUTSIDE = """
SELECT coalesce(sum((line->'amount'->>'net')::bigint + (line->'amount'->>'vat')::bigint), 0)::bigint AS outside,
    charge.net + charge.vat AS gross
FROM charge JOIN quote ON quote.id = quote_id LEFT JOIN jsonb_array_elements(quote.lines) AS line ON line->>'vat' = 'np'
WHERE charge.id = $1 GROUP BY charge.id
"""
# Of each charge, what of its price is kept: taxed, and outside the scope of the tax once it is paid (a note follows the
# money, an invoice may come before it). What goes back is shared by both as `part_outside` does it.
KEPT = """
price AS (
    SELECT charge.*, charge.net + charge.vat AS gross, back_net + back_vat AS back, coalesce((
        SELECT sum((line->'amount'->>'net')::bigint + (line->'amount'->>'vat')::bigint)
        FROM quote, jsonb_array_elements(quote.lines) AS line WHERE quote.id = quote_id AND line->>'vat' = 'np'
    ), 0)::bigint AS asked_outside FROM charge
), shared AS (
    SELECT *, CASE WHEN gross = 0 THEN 0 ELSE (2 * back * asked_outside + gross) / (2 * gross) END AS back_outside
    FROM price
), kept AS (
    SELECT id, gmina_id, incubator_id, account_id, organisation_id, number, deposit_kept,
        CASE WHEN state = 'paid' OR paid_at IS NOT NULL THEN asked_outside - back_outside ELSE 0 END AS outside,
        gross - asked_outside - back + back_outside AS taxed
    FROM shared
)
"""


async def part_outside(tx: Tx, *, charge_id: UUID, of: int) -> int:
    """So many grosz of what is given back are for that: its share of the price."""
    row = await tx.fetchrow(OUTSIDE, charge_id)
    return part(of, row["outside"], row["gross"]) if row is not None and row["gross"] else 0
