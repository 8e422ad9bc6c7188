"""Draw on what somebody was granted, and give back: verbs, and the pieces of the statements that draw
along with what they put down (docs/decisions/0010). The check `credit_not_exceeded` is the judge of the last of it."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period


def fitting(
    *, holder: str, kind: str, gmina: str, starts: str, ends: str, amount: str, also: str = "true", lock: str = ""
) -> str:
    """Selects the credit (`credit_id`) that ends first of those of this kind that the holder (an organisation, or
    a person for themself) has, that are good in the gmina for all of the time, and have so much left; `also` is one
    condition more on `credit`."""
    return f"""
SELECT credit.id AS credit_id FROM credit
WHERE credit.holder_id = {holder} AND credit.kind = {kind}
    AND (credit.gmina_id IS NULL OR credit.gmina_id = {gmina})
    AND credit.valid @> tstzrange({starts}, {ends}) AND credit.granted - credit.used >= {amount} AND ({also})
ORDER BY upper(credit.valid), credit.id LIMIT 1 {lock}
"""


LOCKED = "FOR NO KEY UPDATE"
"""A `lock`: a credit that another drew on in this moment is looked at again as it is then, and who comes second
gets the next, or none."""


# In the order of their ids, so that two statements never wait for each other.
def locked_for(source: str) -> str:
    """Locks the credits that `source` (credit_id) names, in order; to stand before `drawn_for`."""
    return f"SELECT id FROM credit WHERE id IN ({source}) ORDER BY id FOR NO KEY UPDATE"


def drawn_for(source: str, *, after: str) -> str:
    """Draws what `source` (credit_id, amount) says, once the part `after` has locked them."""
    return f"""
UPDATE credit SET used = credit.used + draw.amount
FROM (SELECT credit_id, sum(amount)::int AS amount FROM ({source}) AS wish (credit_id, amount) GROUP BY 1) AS draw,
    (SELECT count(*) FROM {after}) AS locks
WHERE credit.id = draw.credit_id RETURNING credit.id
"""


_ASKED = {"holder": "$1", "kind": "$2::text", "gmina": "$3::uuid", "starts": "$4", "ends": "$5"}
DRAW = f"""
WITH fitting AS ({fitting(**_ASKED, amount="$6::int", lock=LOCKED)})
{drawn_for("SELECT credit_id, $6::int FROM fitting", after="fitting")}
"""

FORESEEN = fitting(**_ASKED, amount="$6::int - CASE WHEN credit.id = $7 THEN $8::int ELSE 0 END")
"""With so much of one of them returned first."""

DRAW_AGAIN = """
UPDATE credit SET used = used + $4
WHERE id = $1 AND valid @> tstzrange($2, $3) AND granted - used >= $4 RETURNING id
"""


async def draw(
    tx: Tx, *, holder_id: UUID, kind: str, gmina_id: UUID | None, period: Period, amount: int
) -> UUID | None:
    """The credit that `amount` of `kind` was drawn from for what takes place in `period`; None where no live one
    of the holder, good in that gmina (None: in all of them), has so much left."""
    found: UUID | None = await tx.fetchval(DRAW, holder_id, kind, gmina_id, period.start, period.end, amount)
    return found


async def would_draw(
    tx: Tx,
    *,
    holder_id: UUID,
    kind: str,
    gmina_id: UUID | None,
    period: Period,
    amount: int,
    returned: tuple[UUID | None, int],
) -> UUID | None:
    """The credit that `draw` would find once so much of this one is `returned`. Nothing is drawn."""
    asked = (holder_id, kind, gmina_id, period.start, period.end, amount)
    found: UUID | None = await tx.fetchval(FORESEEN, *asked, *returned)
    return found


async def draw_from(tx: Tx, *, credit_id: UUID, amount: int) -> None:
    """Draw on this one, which fitted when it was looked up. Breaks `credit_not_exceeded` where another has
    drawn the last of it since."""
    await tx.execute("UPDATE credit SET used = used + $2 WHERE id = $1", credit_id, amount)


async def draw_again(tx: Tx, *, credit_id: UUID, period: Period, amount: int) -> bool:
    """Draw on this one for what takes place in `period`; whether it is good then and has so much left."""
    return await tx.fetchval(DRAW_AGAIN, credit_id, period.start, period.end, amount) is not None


async def give_back(tx: Tx, *, credit_id: UUID, amount: int) -> None:
    """Return what was drawn. Breaks `credit_used_not_negative` where it was returned already."""
    await tx.execute("UPDATE credit SET used = used - $2 WHERE id = $1", credit_id, amount)
