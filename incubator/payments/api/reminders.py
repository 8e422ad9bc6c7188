"""When who owes is reminded."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.payments.api.shapes import HOUSE, HOUSE_READ, RemindersBody
from incubator.payments.enter_reminder_days import enter_reminder_days, reminder_days
from incubator.payments.views import ReminderDaysView
from incubator.people.visit import Visit


@get("/payments/reminder-days", operation_id="listReminderDays", **HOUSE_READ)
async def list_days(visit: NamedDependency[Visit]) -> list[ReminderDaysView]:
    """How many days before and after it is due who owes is reminded, by the day from which it counts; the latest first."""
    async with statement(visit.db) as tx:
        return await reminder_days(tx)


@post("/payments/reminder-days", operation_id="enterReminderDays", status_code=204, **HOUSE)
async def post_days(visit: NamedDependency[Visit], data: JSONBody[RemindersBody]) -> None:
    """Enter the days of reminders that count from a day on; what was entered stays. For the administrator."""
    days = ReminderDaysView(
        valid_from=data.valid_from,
        before_days=data.before_days,
        late_days=data.late_days,
        last_days=data.last_days,
    )
    await visit.do(enter_reminder_days, days=days)


handlers: list[ControllerRouterHandler] = [list_days, post_days]
