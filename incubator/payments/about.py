"""What is owed for a thing. For who has asked already whether the asker may see the thing."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.reading import CHARGE, FROM, charge_of
from incubator.payments.views import ChargeView

ABOUT = f"SELECT {CHARGE} FROM {FROM} WHERE charge.subject_kind = $1 AND charge.subject_id = $2 ORDER BY charge.id"


async def charges_about(tx: Tx, *, subject_kind: str, subject_id: UUID) -> list[ChargeView]:
    """In the order in which they were made: one for each time that the price became another."""
    return [charge_of(row) for row in await tx.fetch(ABOUT, subject_kind, subject_id)]
