"""Draw on what an organisation was granted, for a room or a desk."""

from uuid import UUID

from incubator.credits.draw import ENOUGH, FIRST_TO_END
from incubator.db.engine import Tx
from incubator.kernel.period import Period

# The credit that ends first of those that fit and have enough left. It is locked, and one that another
# drew on in this moment is looked at again as it is then: who comes second gets the next, or none.
FITTING = f"SELECT credit.id AS credit_id FROM credit WHERE {ENOUGH} {FIRST_TO_END} FOR NO KEY UPDATE"
TAKE = f"""
WITH fitting AS ({FITTING.format(organisation="$1", kind="$2::text", gmina="$3::uuid", starts="$4", ends="$5", amount="$6::int")})
UPDATE credit SET used = used + $6 FROM fitting WHERE credit.id = fitting.credit_id RETURNING credit.id
"""


async def take_credit(
    tx: Tx, *, organisation_id: UUID, kind: str, gmina_id: UUID, period: Period, amount: int
) -> UUID | None:
    """The credit that `amount` of `kind` was drawn from for what takes place in `period`; None where no
    live one of the organisation, good in that gmina, has so much left."""
    found: UUID | None = await tx.fetchval(TAKE, organisation_id, kind, gmina_id, period.start, period.end, amount)
    return found
