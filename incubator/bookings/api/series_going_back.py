"""What goes back of the dates of a series, before they are cancelled."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.series_bodies import Which as Choice
from incubator.bookings.going_back_series import DateGoingBack, going_back_series
from incubator.bookings.series import series_for
from incubator.bookings.series_choice import Which
from incubator.db.engine import statement
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body
from incubator.web.problems import problems


class SeriesChoice(Body, frozen=True):
    """Which dates are meant: only `occurrence`, it and those after it, or all that are to come."""

    which: Choice
    occurrence: int | None = None


class DateBack(msgspec.Struct, frozen=True, kw_only=True):
    """Of the `price` of a date `back` goes back; `counts` where you may cancel it now."""

    occurrence: int
    booking_id: UUID | None
    start: datetime
    price: int
    back: int
    counts: bool


class SeriesBack(msgspec.Struct, frozen=True, kw_only=True):
    """The dates that are paid for, and the sums of those that you may cancel now. Deposits go back whole. Grosz."""

    price: int
    back: int
    deposit: int
    dates: list[DateBack]


@post(
    "/series/{series_id:uuid}/cancel/preview",
    operation_id="previewSeriesCancellation",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 422),
    status_code=200,
)
async def preview_cancel(
    visit: NamedDependency[Visit], series_id: FromPath[UUID], data: JSONBody[SeriesChoice]
) -> SeriesBack:
    """What would go back of the dates if they were cancelled now, each by its own steps. Nothing is cancelled."""
    async with statement(visit.db) as tx:
        series = await series_for(tx, actor=visit.actor, series_id=series_id)
        goes = await going_back_series(
            tx, actor=visit.actor, series=series, which=Which(data.which), occurrence=data.occurrence, now=visit.now
        )
    dates = [_date(one) for one in goes.dates]
    return SeriesBack(price=goes.price, back=goes.back, deposit=goes.deposit, dates=dates)


def _date(one: DateGoingBack) -> DateBack:
    return DateBack(
        occurrence=one.date.occurrence,
        booking_id=one.date.booking_id,
        start=one.date.period.start,
        price=one.goes.price,
        back=one.goes.back,
        counts=one.counts,
    )


handlers: list[ControllerRouterHandler] = [preview_cancel]
