"""What the forms about calendars do. Those that call the outside are handlers of their own: a form's deed is in a
transaction, where nothing is called."""

from typing import Any
from uuid import UUID

from litestar import Response

from incubator.db.engine import statement
from incubator.kernel.errors import N_
from incubator.outside.add_calendar import add_calendar
from incubator.outside.ask_now import AskedJustNow, ask_now
from incubator.outside.calendars import calendar_by_id
from incubator.outside.details import NewCalendar
from incubator.outside.problems import PROBLEMS, NotRead
from incubator.outside.remove_calendar import remove_calendar
from incubator.outside.trying import outside_of, tried
from incubator.people.attempts import TooOften
from incubator.people.forms import Asked, Deed, typed_in
from incubator.people.screen import SHOWN_AGAIN, Screen
from incubator.people.visit import Visit
from incubator.web.bodies import Body
from incubator.web.flash import see_other


class CalendarKey(Body, frozen=True):
    calendar_id: UUID


async def _remove(asked: Asked) -> None:
    await asked.do(remove_calendar, calendar_id=asked.typed.shaped(CalendarKey).calendar_id)


DEEDS: dict[str, Deed] = {"remove": Deed(_remove, N_("The calendar is removed, and its times are free again."))}


async def added(screen: Screen[Any], visit: Visit, back: str, **whose: UUID) -> Response[Any]:
    """The page again, with the calendar on it or why it is not."""
    typed = await typed_in(visit.request)
    try:
        form = typed.shaped(NewCalendar)
        address, looked = await tried(visit, form.address)
        made = await visit.do(add_calendar, name=form.name, address=address, looked=looked, **whose)
    except (*SHOWN_AGAIN, TooOften) as refusal:
        return await screen.again(visit, typed, refusal)
    at = f"{back}#calendar-{made.id}"
    return see_other(visit.request, at, N_("The calendar is read. Its busy times are kept free from now on."))


async def read_now(screen: Screen[Any], visit: Visit, back: str) -> Response[Any]:
    """The page again; what went wrong stands with the calendar."""
    typed = await typed_in(visit.request)
    try:
        key = await visit.do(ask_now, calendar_id=typed.shaped(CalendarKey).calendar_id)
        await outside_of(visit).look(visit.db, subject_id=key, now=visit.now)
        async with statement(visit.db) as tx:
            seen = await calendar_by_id(tx, calendar_id=key, now=visit.now)
        if seen.problem:
            raise PROBLEMS.get(seen.problem, NotRead)()
    except (*SHOWN_AGAIN, AskedJustNow) as refusal:
        return await screen.again(visit, typed, refusal)
    return see_other(visit.request, f"{back}#calendar-{key}", N_("The calendar is read."))
