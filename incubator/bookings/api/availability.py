"""Open, taken and free times: for a space, an incubator, a gmina. Public: it says when, never who."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period
from incubator.occupancy.free import SpaceTimes, availability_json
from incubator.people.guards import public
from incubator.places.queries import spaces_of_gmina, spaces_of_incubator, spaces_with_id
from incubator.web.bodies import Moment
from incubator.web.periods import period_of
from incubator.web.problems import problems

LONGEST = timedelta(days=62)
From = Annotated[Moment, QueryParameter(name="from", description="Start, with its offset.")]
To = Annotated[Moment, QueryParameter(name="to", description="End, at most 62 days later.")]


class SpanTooLong(Invalid):
    """More time than one answer is for."""

    code = "span_too_long"
    sentence = N_("Ask for at most 62 days at once.")


class Availability(msgspec.Struct, frozen=True):
    """Each space's times within the span. Stretches are [start, end] in UTC; a whole booking with
    its turnaround fits anywhere inside of a `free` one."""

    spaces: list[SpaceTimes]


@get(
    "/spaces/{space_id:uuid}/availability",
    operation_id="getSpaceAvailability",
    guards=[public],
    responses=problems(404, 422),
)
async def space_availability(
    space_id: FromPath[UUID], start: From, end: To, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Availability]:
    """One space, of an incubator that is open."""
    async with statement(db) as tx:
        return await _times(tx, await spaces_with_id(tx, space_id=space_id), span_of(start, end), now)


@get(
    "/incubators/{slug:str}/availability",
    operation_id="getIncubatorAvailability",
    guards=[public],
    responses=problems(404, 422),
)
async def incubator_availability(
    slug: FromPath[str], start: From, end: To, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Availability]:
    """Every space of an incubator; none of one that is not open."""
    async with statement(db) as tx:
        return await _times(tx, await spaces_of_incubator(tx, slug=slug), span_of(start, end), now)


@get(
    "/gminas/{slug:str}/availability",
    operation_id="getGminaAvailability",
    guards=[public],
    responses=problems(404, 422),
)
async def gmina_availability(
    slug: FromPath[str], start: From, end: To, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Availability]:
    """Every space of every open incubator of a gmina."""
    async with statement(db) as tx:
        return await _times(tx, await spaces_of_gmina(tx, slug=slug), span_of(start, end), now)


def span_of(start: datetime, end: datetime) -> Period:
    """Raises EndBeforeStart, OutOfReach, SpanTooLong."""
    span = period_of(start, end)
    if span.length > LONGEST:
        raise SpanTooLong()
    return span


async def _times(tx: Tx, space_ids: list[UUID], span: Period, now: datetime) -> Response[Availability]:
    """The database wrote the JSON; it is passed through as it is."""
    told = await availability_json(tx, space_ids=space_ids, span=span, now=now)
    passed: Any = f'{{"spaces":{told}}}'.encode()
    return Response(passed, media_type="application/json", headers={"Cache-Control": "no-cache"})


handlers: list[ControllerRouterHandler] = [space_availability, incubator_availability, gmina_availability]
