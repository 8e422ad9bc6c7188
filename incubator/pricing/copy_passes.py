"""Passes of a list, copied to a draft that begins as it is."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7

OF = "SELECT id FROM pass_product WHERE list_id = $1 ORDER BY position, id"
COPY = """
INSERT INTO pass_product (id, list_id, position, name_pl, name_en, kind, amount, valid_days, vat, basis)
SELECT $3, $2, position, name_pl, name_en, kind, amount, valid_days, vat, basis FROM pass_product WHERE id = $1
"""
COPY_PRICES = """
INSERT INTO pass_price (product_id, category, local_only, price, market)
SELECT $2, category, local_only, price, market FROM pass_price WHERE product_id = $1
"""


async def copy_passes(tx: Tx, *, source: UUID, to: UUID) -> None:
    for row in await tx.fetch(OF, source):
        key = uuid7()
        await tx.execute(COPY, row["id"], to, key)
        await tx.execute(COPY_PRICES, row["id"], key)
