"""Take out of a credit what was not drawn: nothing is left, but what is returned to it can be drawn again."""

from uuid import UUID

from incubator.db.engine import Tx

# Of a credit that nothing was drawn from nothing is left to be: it keeps an instant at its beginning.
CUT_TO_USED = """
UPDATE credit SET granted = CASE WHEN used > 0 THEN used ELSE granted END,
    valid = CASE WHEN used > 0 THEN valid ELSE tstzrange(lower(valid), lower(valid) + interval '1 microsecond') END
WHERE id = $1
"""


async def cut_credit(tx: Tx, *, credit_id: UUID) -> None:
    """For who has it locked."""
    await tx.execute(CUT_TO_USED, credit_id)
