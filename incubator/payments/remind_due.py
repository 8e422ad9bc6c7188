"""Remind who owes: some days before it is due, some after, and once more (three, a week and two, unless other days are
entered: `enter_reminder_days`). Then the desk decides. Who has paid is not reminded: not while a transfer that names the charge waits to be counted, nor while they pay by card or
BLIK. Of what is given up when it is not paid in time, nobody is reminded afterwards."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.payments.locked import as_it_stands
from incubator.payments.rules import numbers_in
from incubator.payments.tell import write_to_payer

# Who has just been asked is not reminded; who was reminded once that it is late is not told before that it will be.
DUE = """
WITH dated AS (
    SELECT make_interval(days => before_days) AS before, make_interval(days => late_days) AS late,
        make_interval(days => last_days) AS last
    FROM reminder_days WHERE valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
)
SELECT charge.id, gmina_id, number, CASE
    WHEN $1 >= due_at + last AND reminders < 3 THEN 3
    WHEN $1 >= due_at + late AND $1 < due_at + last AND reminders < 2 THEN 2
    WHEN $1 >= due_at - before AND $1 < due_at AND created_at < due_at - before - interval '2 days' AND reminders < 1
        THEN 1
END AS turn
FROM charge, dated WHERE state = 'open' AND outstanding > 0 AND reminders < 3 AND due_at <= $1 + before
    AND NOT (lapses AND due_at <= $1) AND NOT EXISTS (
    SELECT FROM checkout WHERE checkout.charge_id = charge.id AND checkout.state IN ('wanted', 'open') AND unwanted_at IS NULL
)
ORDER BY charge.id FOR UPDATE OF charge SKIP LOCKED
"""
WAITING = "SELECT gmina_id, title FROM bank_line WHERE state = 'waiting' AND gmina_id = ANY($1::uuid[])"
REMINDED = "UPDATE charge SET reminders = $2 WHERE id = $1"


async def remind_due(tx: Tx, *, now: datetime) -> int:
    """How many were reminded."""
    rows = [row for row in await tx.fetch(DUE, now, now.astimezone(WARSAW).date()) if row["turn"] is not None]
    came = await _came(tx, {row["gmina_id"] for row in rows})
    due = [row for row in rows if (row["gmina_id"], row["number"]) not in came]
    for row in due:
        await tx.execute(REMINDED, row["id"], row["turn"])
        charge = await as_it_stands(tx, charge_id=row["id"])
        what = "due_soon" if row["turn"] == 1 else "overdue"
        await write_to_payer(tx, charge, what, now=now, amount=charge.to_pay)
    return len(due)


async def _came(tx: Tx, gminas: Iterable[UUID]) -> set[tuple[UUID, int]]:
    """The charges that a transfer names which nobody has counted yet."""
    waiting = await tx.fetch(WAITING, list(gminas))
    return {(row["gmina_id"], number) for row in waiting for number in numbers_in(row["title"])}
