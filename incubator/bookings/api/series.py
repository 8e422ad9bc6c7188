"""Series: book one, make one of a booking, look what could be had; list and read them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.series_bodies import NewPattern, NewSeries, Rhythm
from incubator.bookings.api.series_shapes import ForeseenDate, Series, SeriesList, foreseen_json, series_json
from incubator.bookings.foresee import foresee
from incubator.bookings.repeat import repeat
from incubator.bookings.repeat_booking import repeat_booking
from incubator.bookings.series import SeriesView, series_for, series_of
from incubator.bookings.series_rules import occurrences
from incubator.db.engine import Tx, statement
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Moment
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.i18n import Translator, locale_of, translator
from incubator.web.idempotency import Made, created
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]


@post(
    "/series",
    operation_id="createSeries",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 422),
)
async def create_series(visit: NamedDependency[Visit], data: JSONBody[NewSeries]) -> Response[Series]:
    """Book a space again and again. Each date that can be had is booked, or awaits approval; every
    other is kept with the reason. 409 or 422 where none can be had."""

    async def make(tx: Tx) -> Made:
        view = await repeat(
            tx,
            actor=visit.actor,
            space_id=data.space_id,
            pattern=data.pattern(),
            organisation_id=data.organisation_id,
            title=data.title,
            note=data.note,
            attendees=data.attendees,
            extras=data.extras,
            full_price=data.full_price,
            now=visit.now,
        )
        return made(visit.request, view)

    return await created(visit.request, visit.db, visit.actor.account_id, make)


@post(
    "/bookings/{booking_id:uuid}/repeat",
    operation_id="repeatBooking",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 422),
)
async def make_series_of_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[Rhythm]
) -> Response[Series]:
    """Make a series of a booking that stands. It becomes occurrence 1 and keeps its time and state;
    the other dates are booked as those of a new series."""

    async def make(tx: Tx) -> Made:
        view = await repeat_booking(
            tx,
            actor=visit.actor,
            booking_id=booking_id,
            every_weeks=data.every_weeks,
            weekdays=tuple(data.weekdays),
            until_day=data.until,
            count=data.count,
            extras=data.extras,
            now=visit.now,
        )
        return made(visit.request, view)

    return await created(visit.request, visit.db, visit.actor.account_id, make)


@post(
    "/series/preview",
    operation_id="previewSeries",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 422),
    status_code=200,
)
async def preview_series(visit: NamedDependency[Visit], data: JSONBody[NewPattern]) -> list[ForeseenDate]:
    """Which dates of a pattern could be had now, and why the others could not. Nothing is held."""
    periods = occurrences(data.pattern())
    async with statement(visit.db) as tx:
        dates = await foresee(
            tx,
            actor=visit.actor,
            space_id=data.space_id,
            periods=periods,
            organisation_id=data.organisation_id,
            attendees=data.attendees,
            now=visit.now,
        )
    return [foreseen_json(one, texts_for(visit.request)) for one in dates]


@get(
    "/series",
    operation_id="listSeries",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 422),
)
async def list_series(
    visit: NamedDependency[Visit], after: Cursor = None, limit: Annotated[int, QueryParameter(ge=1, le=50)] = 20
) -> SeriesList:
    """One's own series and those of one's organisations that have a date to come, the newest first."""
    seen = read_cursor(after, Moment)
    async with statement(visit.db) as tx:
        found = await series_of(tx, actor=visit.actor, now=visit.now, after=seen, limit=limit + 1)
    items = [series_json(view, texts_for(visit.request)) for view in found[:limit]]
    more = len(found) > limit
    return SeriesList(items, write_cursor(items[-1].created_at, items[-1].id) if more else None)


@get(
    "/series/{series_id:uuid}",
    operation_id="getSeries",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_series(visit: NamedDependency[Visit], series_id: FromPath[UUID]) -> Response[Series]:
    """One series with what became of each date, and its ETag."""
    async with statement(visit.db) as tx:
        view = await series_for(tx, actor=visit.actor, series_id=series_id)
    return tagged(series_json(view, texts_for(visit.request)), view.version)


def made(request: Ask, view: SeriesView) -> Made:
    return series_json(view, texts_for(request)), f"/api/series/{view.id}"


def texts_for(request: Ask) -> Translator:
    """Programs that ask for no language are spoken to in English."""
    return translator(locale_of(request, otherwise="en"))


handlers: list[ControllerRouterHandler] = [
    create_series,
    make_series_of_booking,
    preview_series,
    list_series,
    get_series,
]
