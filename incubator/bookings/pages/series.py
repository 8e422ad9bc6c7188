"""A series: all its dates, and what can be done with one, with it and the following, or with all."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.cancel import Refund
from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.change_series import change_series
from incubator.bookings.clock import DAY, Clock, minute_of
from incubator.bookings.pages.picking import NoTimeChosen
from incubator.bookings.pages.series_dates import show_dates
from incubator.bookings.pages.ways_back import desk_address
from incubator.bookings.rules import OutsideOpeningHours, TooLong
from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Change, Outcome
from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_form
from incubator.web.etags import must_be_current
from incubator.web.flash import see_other

Asked = Request[Any, Any, Any]


class ChoiceForm(Body, frozen=True):
    """Which dates are meant; `version` is that of the series that was looked at, `back` where the
    coordinator came from."""

    which: Literal["this", "following", "all"] = "all"
    occurrence: int | None = None
    version: int | None = None
    back: str = ""


class ChangeForm(ChoiceForm, frozen=True):
    """The fields hold what is, or what it should be."""

    start: Clock | None = None
    end: Clock | None = None
    title: OptionalLine = ""

    def change_of(self, series: SeriesView) -> Change:
        """What differs from the series."""
        pattern = series.pattern
        start, length = self._start(series), pattern.length_minutes
        if self.end is not None and length <= DAY:
            length = (minute_of(self.end) - start) % DAY or DAY
        return Change(
            start_minute=start if start != pattern.start_minute else None,
            length_minutes=length if length != pattern.length_minutes else None,
            title=self.title if self.title != series.title else None,
        )

    def ends_first(self, series: SeriesView) -> bool:
        """Whether the end is the same or earlier on the clock: the day after, or a slip of the hand."""
        return self.end is not None and 0 < minute_of(self.end) <= self._start(series)

    def _start(self, series: SeriesView) -> int:
        return series.pattern.start_minute if self.start is None else minute_of(self.start)


class CancelForm(ChoiceForm, frozen=True):
    reason: OptionalLine = ""
    refund: Refund = Refund.ALL


F = TypeVar("F", bound=ChoiceForm)


@get("/bookings/series/{series_id:uuid}", guards=[signed_in])
async def show_series(visit: NamedDependency[Visit], series_id: FromPath[UUID]) -> Response[str]:
    """`?occurrence=` chooses a date beforehand, with those that follow it."""
    asked = visit.request.query_params.get("occurrence", "")
    typed = {"occurrence": asked, "which": "following"} if asked else {}
    async with statement(visit.db) as tx:
        series = await series_for(tx, actor=visit.actor, series_id=series_id)
        return await show_dates(visit.request, tx, visit.actor, series, typed=typed, now=visit.now)


@post("/bookings/series/{series_id:uuid}/change", guards=[signed_in], status_code=303)
async def change_dates(visit: NamedDependency[Visit], series_id: FromPath[UUID]) -> Response[Any]:
    """Another time or title. Where some dates had to stay, the page says which and why."""

    async def act(tx: Tx, form: ChangeForm, series: SeriesView) -> Outcome:
        try:
            return await change_series(
                tx,
                actor=visit.actor,
                series_id=series.id,
                which=Which(form.which),
                occurrence=form.occurrence,
                change=form.change_of(series),
                now=visit.now,
            )
        except (OutsideOpeningHours, TooLong):
            # Where a night can be booked it was meant; where it cannot, the hours are not what is wrong.
            if form.ends_first(series):
                raise NoTimeChosen() from None
            raise

    sentence = N_("The series is changed.")
    return await _do(visit, ChangeForm, act, sentence, series_id=series_id)


@post("/bookings/series/{series_id:uuid}/cancel", guards=[signed_in], status_code=303)
async def cancel_dates(visit: NamedDependency[Visit], series_id: FromPath[UUID]) -> Response[Any]:
    """What it is too late to cancel stays, and the page says so."""

    async def act(tx: Tx, form: CancelForm, series: SeriesView) -> Outcome:
        return await cancel_series(
            tx,
            actor=visit.actor,
            series_id=series.id,
            which=Which(form.which),
            occurrence=form.occurrence,
            reason=form.reason,
            refund=form.refund,
            now=visit.now,
        )

    sentence = N_("What you chose is cancelled.")
    return await _do(visit, CancelForm, act, sentence, series_id=series_id)


async def _do(
    visit: Visit,
    shape: type[F],
    act: Callable[[Tx, F, SeriesView], Awaitable[Outcome]],
    sentence: str,
    *,
    series_id: UUID,
) -> Response[Any]:
    """Do it, go to the series and say so; or show it with the reason why not, or why not all."""

    request, db, actor = visit.request, visit.db, visit.actor

    async def act_on_what_was_seen(tx: Tx) -> Outcome:
        series = await series_for(tx, actor=actor, series_id=series_id, lock=True)
        must_be_current(series.version, form.version)
        return await act(tx, form, series)

    try:
        form = await read_form(request, shape)
        outcome = await attempt(db, act_on_what_was_seen)
    except Refusal as refusal:
        typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        async with statement(db) as tx:
            series = await series_for(tx, actor=actor, series_id=series_id)
            return await show_dates(request, tx, actor, series, typed=typed, now=visit.now, refusal=refusal)
    if outcome.kept:
        async with statement(db) as tx:
            return await show_dates(request, tx, actor, outcome.series, typed={}, now=visit.now, kept=outcome.kept)
    return see_other(request, desk_address(form.back) or f"/bookings/series/{outcome.series.id}", sentence)


handlers = [show_series, change_dates, cancel_dates]
