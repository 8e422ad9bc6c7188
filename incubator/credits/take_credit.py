"""Draw on what an organisation was granted, and give it back."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period

# The credit that ends first of those that fit and have enough left. It is locked, and one that another
# drew on in this moment is looked at again as it is then: who comes second gets the next, or none.
FITTING = """
SELECT credit.id AS credit_id FROM credit
WHERE credit.organisation_id = {organisation} AND credit.kind = {kind}
    AND (credit.gmina_id IS NULL OR credit.gmina_id = {gmina})
    AND credit.valid @> tstzrange({starts}, {ends}) AND credit.granted - credit.used >= {amount}
ORDER BY upper(credit.valid), credit.id LIMIT 1 FOR NO KEY UPDATE
"""
TAKE = f"""
WITH fitting AS ({FITTING.format(organisation="$1", kind="$2::text", gmina="$3::uuid", starts="$4", ends="$5", amount="$6::int")})
UPDATE credit SET used = used + $6 FROM fitting WHERE credit.id = fitting.credit_id RETURNING credit.id
"""
RETURN = "UPDATE credit SET used = greatest(used - $2, 0) WHERE id = $1"


async def take_credit(
    tx: Tx, *, organisation_id: UUID, kind: str, gmina_id: UUID, period: Period, amount: int
) -> UUID | None:
    """The credit that `amount` of `kind` was drawn from for what takes place in `period`; None where no
    live one of the organisation, good in that gmina, has so much left."""
    found: UUID | None = await tx.fetchval(TAKE, organisation_id, kind, gmina_id, period.start, period.end, amount)
    return found


async def return_credit(tx: Tx, *, credit_id: UUID, amount: int) -> None:
    """Give back what was drawn from a credit."""
    await tx.execute(RETURN, credit_id, amount)
