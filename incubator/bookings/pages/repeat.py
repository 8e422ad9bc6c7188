"""Make a series of a booking: choose a rhythm, see which dates can be had, book them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict, MultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.bookings.charge import chosen_with
from incubator.bookings.foresee import Foreseen, foresee
from incubator.bookings.price_of_series import price_of_dates
from incubator.bookings.queries import booking_for
from incubator.bookings.repeat_booking import AlreadyInSeries, dates_after, must_be_repeatable, repeat_booking, said_of
from incubator.bookings.series import SKIPPED
from incubator.bookings.series_reasons import reason_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.period import WARSAW, monday_of
from incubator.people.actor import Actor
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_id
from incubator.places.queries import approval_of
from incubator.pricing.same_extras import names_of_extras
from incubator.web.bodies import Body, read_form, read_query
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]
USUAL = "4"
"""Dates that a series has before anything was chosen: about a month of weeks."""
RHYTHMS = (1, 2, 3, 4)


class RepeatForm(Body, frozen=True):
    """`end` says which of the two ends is meant; `count` counts the booking itself. The dates have the `extras` of the
    first, or none."""

    every_weeks: int = 1
    weekdays: list[int] = []
    end: Literal["count", "until"] = "count"
    count: int | None = None
    until: date | None = None
    extras: Literal["same", "none"] = "same"

    def rhythm(self) -> dict[str, Any]:
        """As the verb wants it."""
        return {
            "every_weeks": self.every_weeks,
            "weekdays": tuple(self.weekdays),
            "until_day": self.until if self.end == "until" else None,
            "count": self.count if self.end == "count" else None,
        }


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields hold, readable or not."""

    every_weeks: str
    weekdays: frozenset[str]
    end: str
    count: str
    until: str
    extras: str


@get("/bookings/{booking_id:uuid}/repeat", guards=[signed_in])
async def show_repeat(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """The rhythm in the address, or every week, four times; and what would become of its dates."""
    request = visit.request
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
    try:
        must_be_repeatable(visit.actor, booking)
    except AlreadyInSeries:
        return Redirect(f"/bookings/series/{booking.series_id}", status_code=303)
    typed = _typed(request.query_params)
    try:
        form = read_query(request, RepeatForm, lists=("weekdays",))
    except Refusal as refusal:
        return await _show(visit, booking, typed, None, refusal=refusal)
    if "end" not in request.query_params:
        form = RepeatForm(count=int(USUAL))
    return await _show(visit, booking, typed, form)


@post("/bookings/{booking_id:uuid}/repeat", guards=[signed_in], status_code=303)
async def make_series(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """Book the dates. Sent twice, it leads to the series that the first one made."""
    request, actor = visit.request, visit.actor
    form: RepeatForm | None = None
    try:
        form = read = await read_form(request, RepeatForm, lists=("weekdays",))
        made = await visit.do(repeat_booking, booking_id=booking_id, extras=read.extras == "same", **read.rhythm())
    except Refusal as refusal:
        async with statement(visit.db) as tx:
            booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        if isinstance(refusal, AlreadyInSeries):
            return see_other(request, f"/bookings/series/{booking.series_id}", refusal.sentence, tone="note")
        must_be_repeatable(actor, booking)
        typed = _typed(await request.form())
        return await _show(visit, booking, typed, form, refusal=refusal)
    skipped = any(one.state == SKIPPED for one in made.occurrences)
    return see_other(
        request, f"/bookings/series/{made.id}", NOT_ALL if skipped else ALL, tone="wait" if skipped else "good"
    )


async def _show(
    visit: Visit, booking: BookingView, typed: Typed, form: RepeatForm | None, *, refusal: Refusal | None = None
) -> Response[str]:
    request = visit.request
    async with statement(visit.db) as tx:
        try:
            dates = await _foreseen(tx, visit.actor, booking, form, visit.now) if form else []
        except Refusal as met:
            dates, refusal = [], refusal or met
        price = await price_of_dates(tx, booking=booking, dates=dates)
        chosen = await chosen_with(tx, booking_id=booking.id)
        extras = await names_of_extras(tx, extras=chosen.extras)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=visit.now)
        needs_approval, _ = await approval_of(tx, space_id=booking.space_id)
    # A script that refreshes the dates looks at no answer that is an error.
    refreshing = request.headers.get("hx-request") == "true"
    first = booking.period.start.astimezone(WARSAW).date()
    return page(
        request,
        "bookings/repeat.html",
        status=status_of(refusal) if refusal and not refreshing else 200,
        booking=booking,
        incubator=incubator,
        needs_approval=needs_approval,
        typed=typed,
        rhythms=RHYTHMS,
        week=[monday_of(first) + timedelta(days=n) for n in range(7)],
        first=first,
        dates=dates,
        price=price,
        extras=extras,
        possible=sum(not one.code for one in dates),
        reason_for=reason_for,
        problem=said(request, refusal) if refusal else "",
    )


async def _foreseen(tx: Tx, actor: Actor, booking: BookingView, form: RepeatForm, now: datetime) -> Sequence[Foreseen]:
    _, later = dates_after(booking, **form.rhythm())
    said = await said_of(tx, booking=booking, extras=form.extras == "same")
    return await foresee(
        tx,
        actor=actor,
        space_id=booking.space_id,
        periods=later,
        organisation_id=booking.organisation_id,
        attendees=booking.attendees,
        extras=said.extras,
        full_price=said.full_price,
        now=now,
    )


def _typed(given: MultiDict[Any] | FormMultiDict) -> Typed:
    fresh = "end" not in given
    return Typed(
        every_weeks=str(given.get("every_weeks") or "1"),
        weekdays=frozenset(str(one) for one in given.getall("weekdays", [])),
        end=str(given.get("end") or "count"),
        count=str(given.get("count") or (USUAL if fresh else "")),
        until=str(given.get("until") or ""),
        extras=str(given.get("extras") or "same"),
    )


ALL = N_("The series is made. You find all its dates here.")
NOT_ALL = N_("The series is made. Some dates could not be had: below it says why.")

handlers = [show_repeat, make_series]
