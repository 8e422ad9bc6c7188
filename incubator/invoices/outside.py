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


async def part_outside(tx: Tx, *, charge_id: UUID, of: int) -> int:
    """So many grosz of what is given back are for that: its share of the price."""
    row = await tx.fetchrow(OUTSIDE, charge_id)
    return part(of, row["outside"], row["gross"]) if row is not None and row["gross"] else 0
