"""Comes round: what is left of a pass is no longer to be drawn once its days are over, and is earned; and one whose charge
the desk wrote off before it was paid is good for nothing."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.passes.draw_down import draw_down
from incubator.passes.lapse import lapse
from incubator.passes.queries import pass_as_it_is
from incubator.passes.settle_pass import note
from incubator.payments.locked import locked_to_settle

OVER = """
SELECT bought.id FROM pass_bought AS bought JOIN credit ON credit.id = credit_id
WHERE ended_at IS NULL AND upper(valid) <= $1 ORDER BY bought.id LIMIT 200 FOR NO KEY UPDATE OF bought SKIP LOCKED
"""
END = """
UPDATE pass_bought SET ended_at = $2, state = CASE WHEN state = 'active' THEN 'over' ELSE state END, version = version + 1
WHERE id = $1 RETURNING credit_id
"""
LOST = """
SELECT charge_id FROM pass_bought AS bought JOIN charge ON charge.id = charge_id
WHERE bought.state = 'ordered' AND charge.state = 'written_off' ORDER BY bought.id LIMIT 200
"""
LIVE = "SELECT credit_id FROM pass_bought WHERE credit_id IS NOT NULL AND ended_at IS NULL ORDER BY credit_id"


async def end_passes(tx: Tx, *, now: datetime) -> None:
    """Also sees to it that the ledger says what is drawn from those that are good: of a booking whose server went down
    between the booking and the ledger it would not."""
    for row in await tx.fetch(LOST):
        charge = await locked_to_settle(tx, charge_id=row["charge_id"], now=now)
        await lapse(tx, charge=charge, now=now)
    for row in await tx.fetch(OVER, now):
        credit_id = await tx.fetchval(END, row["id"], now)
        await draw_down(tx, credit_ids=[credit_id], by=None, now=now)
        await note(tx, await pass_as_it_is(tx, pass_id=row["id"]), "end_pass", by=None, now=now)
    for row in await tx.fetch(LIVE):
        await draw_down(tx, credit_ids=[row["credit_id"]], by=None, now=now)
