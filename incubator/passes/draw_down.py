"""What is drawn from a pass is earned: the ledger follows, in the transaction of the booking that draws or is called off.

What is held or waits for an answer is not drawn yet."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.post_entry import post_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting
from incubator.passes.queries import DRAWS, is_bought
from incubator.passes.rules import earned
from incubator.passes.settle_pass import LOCK_CREDIT

PENDING = "('held', 'awaiting_approval', 'awaiting_payment')"
"""States of a booking that is not firm yet."""
DRAWN = f"""
SELECT coalesce(sum({DRAWS.format(kind="credit.kind")}), 0)::int
FROM booking WHERE credit_id = credit.id AND booking.state IN {PENDING}
"""
PASS = f"""
SELECT bought.id, bought.gmina_id, bought.organisation_id, bought.account_id, bought.ended_at IS NOT NULL AS ended, granted,
    used - ({DRAWN}) AS drawn, coalesce(charge.net - charge.back_net, 0) AS net
FROM pass_bought AS bought JOIN credit ON credit.id = bought.credit_id LEFT JOIN charge ON charge.id = bought.charge_id
WHERE bought.credit_id = $1
"""
EARNED = """
SELECT count(*) AS entries, coalesce(sum(amount), 0)::bigint AS earned
FROM entry LEFT JOIN posting ON entry_id = entry.id AND account = 'prepaid'
WHERE subject_kind = 'pass' AND subject_id = $1
"""


async def draw_down(tx: Tx, *, credit_ids: Collection[UUID | None], by: UUID | None, now: datetime) -> None:
    """After what these credits say as drawn has changed; those that nobody bought are left alone."""
    for credit_id in sorted({one for one in credit_ids if one is not None}):
        if await is_bought(tx, credit_id=credit_id):
            async with tx.transaction():  # also where each statement stands alone
                await _earn(tx, credit_id, by, now)


async def _earn(tx: Tx, credit_id: UUID, by: UUID | None, now: datetime) -> None:
    await tx.fetchval(LOCK_CREDIT, credit_id)
    (row,) = await tx.fetch(PASS, credit_id)
    (so_far,) = await tx.fetch(EARNED, row["id"])
    due = row["net"] if row["ended"] else earned(row["net"], drawn=row["drawn"], of=row["granted"])
    more = due - so_far["earned"]
    if not more:
        return
    party = {"account_id": row["account_id"], "organisation_id": row["organisation_id"]}
    await post_entry(
        tx,
        gmina_id=row["gmina_id"],
        kind=EntryKind.CREDIT_DRAWN,
        subject_kind="pass",
        subject_id=row["id"],
        postings=(
            Posting(account=Account.PREPAID, amount=more, **party),
            Posting(account=Account.REVENUE, amount=-more),
        ),
        at=now,
        by=by,
        number=so_far["entries"] + 1,
    )
