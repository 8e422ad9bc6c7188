"""Change and cancel series: one date, it and the following, or all that are to come."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.series import texts_for
from incubator.bookings.api.series_bodies import SeriesCancellation, SeriesChange
from incubator.bookings.api.series_shapes import SeriesOutcome, outcome_json
from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.change_series import change_series
from incubator.bookings.series import series_for
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Outcome
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.forms import Verb
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.web.etags import IfMatch, must_be_current, seen_version, tagged
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]
HOLDER: dict[str, Any] = {
    "guards": [signed_in, scope("bookings:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
    "status_code": 200,
}


@post("/series/{series_id:uuid}/change", operation_id="changeSeries", **HOLDER)
async def post_change(
    visit: NamedDependency[Visit], series_id: FromPath[UUID], data: JSONBody[SeriesChange], if_match: IfMatch = None
) -> Response[SeriesOutcome]:
    """Another time, title or space. "following" makes a series of its own of the dates from
    `occurrence` on. A date that cannot be had at its new time stays and is named in `kept`; where none
    can, nothing is changed. With `If-Match`, only if nobody changed the series since it was read."""
    which, change = Which(data.which), data.change()
    return await _done(
        visit, change_series, series_id, if_match, which=which, occurrence=data.occurrence, change=change
    )


@post("/series/{series_id:uuid}/cancel", operation_id="cancelSeries", **HOLDER)
async def post_cancel(
    visit: NamedDependency[Visit],
    series_id: FromPath[UUID],
    data: JSONBody[SeriesCancellation],
    if_match: IfMatch = None,
) -> Response[SeriesOutcome]:
    """Cancel: the holder as long as each date can be, a coordinator with a reason. Each goes back by its own steps.
    With `If-Match`, only if nobody changed the series since it was read."""
    told = {"which": Which(data.which), "occurrence": data.occurrence, "reason": data.reason, "refund": data.refund}
    return await _done(visit, cancel_series, series_id, if_match, **told)


async def _done(
    visit: Visit, verb: Verb[Outcome], series_id: UUID, if_match: str | None, **told: Any
) -> Response[SeriesOutcome]:
    """The series after the verb, with its new ETag."""

    async def act(tx: Tx, *, actor: Actor, now: datetime) -> Outcome:
        if if_match is not None:
            series = await series_for(tx, actor=actor, series_id=series_id, lock=True)
            must_be_current(series.version, seen_version(if_match))
        return await verb(tx, actor=actor, series_id=series_id, now=now, **told)

    outcome = await visit.do(act)
    return tagged(outcome_json(outcome, texts_for(visit.request)), outcome.series.version)


handlers: list[ControllerRouterHandler] = [post_change, post_cancel]
