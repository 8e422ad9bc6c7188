"""When who owes is reminded, in all gminas. For the administrator."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.payments.api.shapes import RemindersBody
from incubator.payments.enter_reminder_days import enter_reminder_days, reminder_days_entered
from incubator.payments.pages.labels import labels_in
from incubator.payments.views import ReminderDaysView
from incubator.people.forms import Asked, Deed
from incubator.people.guards import administrator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit


async def _shown(tx: Tx, visit: Visit, _: None) -> Shown:
    entered, today = await reminder_days_entered(tx), visit.now.astimezone(WARSAW).date()
    counts = next(one.days for one in entered if one.days.valid_from <= today)
    return Shown("payments/reminders.html", entered=entered, counts=counts, today=today)


async def _enter(asked: Asked) -> None:
    form = asked.typed.shaped(RemindersBody)
    days = ReminderDaysView(
        valid_from=form.valid_from,
        before_days=form.before_days,
        late_days=form.late_days,
        last_days=form.last_days,
    )
    await asked.do(enter_reminder_days, days=days)


handlers: list[ControllerRouterHandler] = Screen(
    name="reminder_days",
    path="/admin/reminders",
    guard=administrator,
    about=nothing,
    shows=_shown,
    deeds={"enter": Deed(_enter, N_("The days of reminders count from their day on."))},
    labels=labels_in,
).handlers
