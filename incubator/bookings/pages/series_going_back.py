"""The part of a series' page that says what goes back of the dates that are chosen."""

from typing import Literal
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.going_back_series import going_back_series
from incubator.bookings.series import series_for
from incubator.bookings.series_choice import Which
from incubator.db.engine import statement
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_query
from incubator.web.pages import page


class Chosen(Body, frozen=True):
    which: Literal["this", "following", "all"] = "all"
    occurrence: int | None = None


@get("/bookings/series/{series_id:uuid}/going-back", guards=[signed_in])
async def show_going_back(visit: NamedDependency[Visit], series_id: FromPath[UUID]) -> Response[str]:
    asked = read_query(visit.request, Chosen)
    async with statement(visit.db) as tx:
        series = await series_for(tx, actor=visit.actor, series_id=series_id)
        goes = await going_back_series(
            tx, actor=visit.actor, series=series, which=Which(asked.which), occurrence=asked.occurrence, now=visit.now
        )
    return page(visit.request, "bookings/series_going_back.html", goes=goes)


handlers = [show_going_back]
