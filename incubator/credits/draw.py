"""Draw on credits, and give back: pieces for the statements of those who draw (docs/decisions/0010)."""

from uuid import UUID

from incubator.db.engine import Tx

# A condition on `credit`: so much of this kind is left to the organisation, good in that gmina for all of that
# time. {kind}, {organisation}, {gmina}, {starts}, {ends}, {amount}.
ENOUGH = """credit.organisation_id = {organisation} AND credit.kind = {kind}
    AND (credit.gmina_id IS NULL OR credit.gmina_id = {gmina})
    AND credit.valid @> tstzrange({starts}, {ends}) AND credit.granted - credit.used >= {amount}"""
FIRST_TO_END = "ORDER BY upper(credit.valid), credit.id LIMIT 1"


# In the order of their ids, so that two statements never wait for each other; the check
# `credit_not_exceeded` is the judge of those who want the last of it.
def locked_for(source: str) -> str:
    """Locks the credits that `source` (credit_id) names, in order; to stand before `drawn_for`."""
    return f"SELECT id FROM credit WHERE id IN ({source}) ORDER BY id FOR NO KEY UPDATE"


def drawn_for(source: str, *, after: str) -> str:
    """Draws what `source` (credit_id, amount) says, once the part `after` has locked them."""
    return f"""
UPDATE credit SET used = credit.used + draw.amount
FROM (SELECT credit_id, sum(amount)::int AS amount FROM ({source}) AS wish (credit_id, amount) GROUP BY 1) AS draw,
    (SELECT count(*) FROM {after}) AS locks
WHERE credit.id = draw.credit_id RETURNING 1
"""


async def give_back(tx: Tx, *, credit_id: UUID, amount: int) -> None:
    """Return what was drawn."""
    await tx.execute("UPDATE credit SET used = used - $2 WHERE id = $1", credit_id, amount)
