"""Remind who owes: before it is due, the day after, and a week later. Then the desk decides. Of what is given up when it
is not paid in time, nobody is reminded afterwards."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.payments.locked import as_it_stands
from incubator.payments.tell import write_to_payer

# Who has just been asked is not reminded; who was reminded once that it is late is not told before that it will be.
DUE = """
WITH told AS (
    SELECT id, CASE
        WHEN $1 >= due_at + interval '8 days' AND reminders < 3 THEN 3
        WHEN $1 >= due_at + interval '1 day' AND $1 < due_at + interval '8 days' AND reminders < 2 THEN 2
        WHEN $1 >= due_at - interval '3 days' AND $1 < due_at AND created_at < due_at - interval '5 days' AND reminders < 1
            THEN 1
    END AS turn
    FROM charge WHERE state = 'open' AND due_at <= $1 + interval '3 days' AND NOT (lapses AND due_at <= $1)
    FOR UPDATE SKIP LOCKED
)
UPDATE charge SET reminders = turn FROM told WHERE told.id = charge.id AND turn IS NOT NULL RETURNING charge.id, turn
"""


async def remind_due(tx: Tx, *, now: datetime) -> int:
    """How many were reminded."""
    rows = await tx.fetch(DUE, now)
    for charge_id, turn in rows:
        charge = await as_it_stands(tx, charge_id=charge_id)
        what = "due_soon" if turn == 1 else "overdue"
        await write_to_payer(tx, charge, what, now=now, amount=charge.to_pay)
    return len(rows)
