"""End what a person was granted for themself when they leave the house, and empty why it was granted."""

from datetime import datetime

from incubator.credits.end_credits import CUT
from incubator.db.engine import Tx
from incubator.people.actor import Actor

END = f"UPDATE credit SET valid = {CUT} WHERE account_id = $1 AND upper(valid) > $2"
# What a coordinator granted by a deed of their own carries a reason that they wrote.
EMPTY = "UPDATE credit SET name_pl = '', name_en = '' WHERE account_id = $1 AND source_id = id"


async def forget_holder(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """What was granted and drawn stays, as numbers. For an erasure, after what was booked has been given back."""
    await tx.execute(END, actor.account_id, now)
    await tx.execute(EMPTY, actor.account_id)
