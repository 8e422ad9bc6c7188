"""The desk: more dates of a session, and a copy of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.exchanges.copy_session import copy_session
from incubator.exchanges.details import Rhythm
from incubator.exchanges.listing import dates_of_series
from incubator.exchanges.pages.desk_session import one
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.typed import when_in
from incubator.exchanges.repeat_session import Date, SeriesInTheWay, foresee_series, repeat_session
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW, monday_of
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.pages import show_day
from incubator.web.problems import said


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often it is to be repeated, as it was typed."""

    weekdays: list[str]
    count: str
    every_weeks: str


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    return Shown(
        "exchanges/desk_dates.html",
        session=session,
        dates=await dates_of_series(tx, series_id=session.series_id) if session.series_id else [],
        foreseen=[
            (date, said(visit.request, date.refusal) if date.refusal else "") for date in await _foreseen(tx, visit)
        ],
        chosen=_chosen(visit, session),
        weekday_names=[
            show_day(monday_of(visit.now.date()) + timedelta(days=n), visit.locale, "brief") for n in range(7)
        ],
        now=visit.now,
    )


def _chosen(visit: Visit, session: SessionView) -> Chosen:
    """What was asked for, in the form or in the address; at first weekly on the day of the session."""
    typed = visit.again("series") or Typed("series", _fields(visit))
    own = str(session.start.astimezone(WARSAW).isoweekday())
    weekdays = typed.many("weekdays") or [own]
    return Chosen(weekdays, typed.one("count") or "4", typed.one("every_weeks") or "1")


def _fields(visit: Visit) -> dict[str, list[str]]:
    told = {name: visit.request.query_params.getall(name, []) for name in ("weekdays", "count", "every_weeks")}
    return {name: values for name, values in told.items() if values}


async def _foreseen(tx: Tx, visit: Visit) -> list[Date]:
    """What the series would be that was asked for, in the address or in the form that was refused."""
    if isinstance(visit.refusal, SeriesInTheWay):
        return visit.refusal.dates
    fields = _fields(visit)
    if "count" not in fields or visit.typed is not None:
        return []
    try:
        rhythm = _rhythm(Typed("series", fields))
        async with tx.transaction():
            key = visit.key("session_id")
            return await foresee_series(tx, actor=visit.actor, session_id=key, rhythm=rhythm, now=visit.now)
    except (Invalid, Conflict):
        return []


def _rhythm(typed: Typed) -> Rhythm:
    """Raises CheckField."""
    given: dict[str, Any] = {"weekdays": typed.many("weekdays"), "count": typed.one("count")}
    try:
        return msgspec.convert({**given, "every_weeks": typed.one("every_weeks", "1")}, Rhythm, strict=False)
    except msgspec.ValidationError as error:
        wrong = next((name for name in ("weekdays", "count", "every_weeks") if name in str(error)), "count")
        raise CheckField(wrong) from None


async def _repeat(asked: Asked) -> None:
    skip = bool(asked.typed.one("skip"))
    rhythm, key = _rhythm(asked.typed), asked.place.id
    await asked.do(repeat_session, session_id=key, rhythm=rhythm, skip=skip, seen=asked.typed.seen)


async def _copy(asked: Asked) -> SessionView:
    return await asked.do(copy_session, session_id=asked.place.id, when=when_in(asked.typed))


DATES = Screen(
    name="session_dates",
    path="/desk/exchange/{session_id:uuid}/dates",
    guard=office_or_coordinator,
    about=one,
    shows=_shown,
    deeds={
        "series": Deed(
            _repeat,
            N_(
                "The dates are made, each with its own registrations. New ones are drafts: publish them one by one or together."
            ),
        ),
        "copy": Deed(_copy, N_("The copy is a draft."), lambda made: f"/desk/exchange/{made.id}"),
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*DATES.handlers]
