"""Enter when who owes is reminded, from a day on."""

from datetime import date, datetime

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.payments.views import ReminderDaysEntered, ReminderDaysView
from incubator.people.actor import Actor
from incubator.people.guards import NotYours

ALL = """
SELECT valid_from, before_days, late_days, last_days, entered_at, coalesce(account.name, '') AS by
FROM reminder_days LEFT JOIN account ON account.id = entered_by ORDER BY valid_from DESC
"""
ENTER = """
INSERT INTO reminder_days (valid_from, before_days, late_days, last_days, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING valid_from
"""


class ReminderDaysPast(Invalid):
    """What was reminded until now was reminded by what counted."""

    code = "reminder_days_past"
    sentence = N_("Days of reminders count from today or a later day.")


class ReminderDaysKnown(Conflict):
    """Other days count from the same day."""

    code = "reminder_days_known"
    sentence = N_("Days of reminders that count from this day are entered already.")


class LastReminderFirst(Invalid):
    code = "last_reminder_first"
    sentence = N_("The last reminder has to come after the first one that it is late.")


async def enter_reminder_days(tx: Tx, *, actor: Actor, days: ReminderDaysView, now: datetime) -> None:
    """For the administrator. Raises NotYours, ReminderDaysPast, LastReminderFirst, ReminderDaysKnown."""
    if not actor.is_administrator:
        raise NotYours()
    if days.valid_from < now.astimezone(WARSAW).date():
        raise ReminderDaysPast()
    if days.last_days <= days.late_days:
        raise LastReminderFirst()
    told = (days.before_days, days.late_days, days.last_days)
    made: date | None = await tx.fetchval(ENTER, days.valid_from, *told, actor.account_id, now)
    if made is None:
        raise ReminderDaysKnown()


async def reminder_days(tx: Tx) -> list[ReminderDaysView]:
    """All that counted, counts and will count, the latest first."""
    return [one.days for one in await reminder_days_entered(tx)]


async def reminder_days_entered(tx: Tx) -> list[ReminderDaysEntered]:
    """The same, with when and by whom."""
    rows = [dict(row) for row in await tx.fetch(ALL)]
    return [
        ReminderDaysEntered(entered_at=row.pop("entered_at"), by=row.pop("by"), days=ReminderDaysView(**row))
        for row in rows
    ]
