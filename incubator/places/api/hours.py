"""Weekly hours and exceptions, of an incubator or of a space that keeps hours of its own."""

from datetime import date, datetime
from uuid import UUID

from litestar import Response, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.people.change import Change
from incubator.people.visit import Found
from incubator.places.api.shapes import DESK, DifferentDay, SpaceHours, Week
from incubator.places.catalogue import exceptions_of, hours_of, incubator_by_slug
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.reach import incubator_key
from incubator.places.remove_exception import remove_exception
from incubator.places.set_exception import set_exception
from incubator.places.set_hours import set_incubator_hours, set_space_hours
from incubator.places.views import IncubatorView
from incubator.web.etags import tagged

AN_EXCEPTION = {**DESK, "status_code": 200}


@put("/incubators/{slug:str}/hours", operation_id="setIncubatorHours", **DESK)
async def put_incubator_hours(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[Week]
) -> Response[IncubatorView]:
    """The whole week anew; an empty one means closed. Bookings made before stand."""
    hours = [one.stretch() for one in data.weekly]
    return await change.then(
        lambda tx: _incubator(tx, slug, change.visit.now),
        set_incubator_hours,
        incubator_id=Found(incubator_key, slug),
        hours=hours,
    )


@put("/spaces/{space_id:uuid}/hours", operation_id="setSpaceHours", **DESK)
async def put_space_hours(
    change: NamedDependency[Change], space_id: FromPath[UUID], data: JSONBody[Week]
) -> Response[SpaceHours]:
    """The whole week anew; an empty one means as the incubator. Bookings made before stand."""
    hours = [one.stretch() for one in data.weekly]
    return await change.then(
        lambda tx: _space(tx, space_id, change.visit.now), set_space_hours, space_id=space_id, hours=hours
    )


@put("/incubators/{slug:str}/exceptions/{day:date}", operation_id="setIncubatorException", **DESK)
async def put_incubator_exception(
    change: NamedDependency[Change], slug: FromPath[str], day: FromPath[date], data: JSONBody[DifferentDay]
) -> Response[IncubatorView]:
    """One day with other hours, or none, public holiday or not."""
    hours = [one.stretch() for one in data.hours]
    return await change.then(
        lambda tx: _incubator(tx, slug, change.visit.now),
        set_exception,
        incubator_id=Found(incubator_key, slug),
        day=day,
        hours=hours,
        note=data.note,
    )


@delete("/incubators/{slug:str}/exceptions/{day:date}", operation_id="removeIncubatorException", **AN_EXCEPTION)
async def delete_incubator_exception(
    change: NamedDependency[Change], slug: FromPath[str], day: FromPath[date]
) -> Response[IncubatorView]:
    """The day is like any other again."""
    return await change.then(
        lambda tx: _incubator(tx, slug, change.visit.now),
        remove_exception,
        incubator_id=Found(incubator_key, slug),
        day=day,
    )


@put("/spaces/{space_id:uuid}/exceptions/{day:date}", operation_id="setSpaceException", **DESK)
async def put_space_exception(
    change: NamedDependency[Change], space_id: FromPath[UUID], day: FromPath[date], data: JSONBody[DifferentDay]
) -> Response[SpaceHours]:
    """One day on which the space keeps other hours, or none."""
    hours = [one.stretch() for one in data.hours]
    return await change.then(
        lambda tx: _space(tx, space_id, change.visit.now),
        set_exception,
        space_id=space_id,
        day=day,
        hours=hours,
        note=data.note,
    )


@delete("/spaces/{space_id:uuid}/exceptions/{day:date}", operation_id="removeSpaceException", **AN_EXCEPTION)
async def delete_space_exception(
    change: NamedDependency[Change], space_id: FromPath[UUID], day: FromPath[date]
) -> Response[SpaceHours]:
    """The day is like any other again."""
    return await change.then(
        lambda tx: _space(tx, space_id, change.visit.now), remove_exception, space_id=space_id, day=day
    )


async def _incubator(tx: Tx, slug: str, now: datetime) -> Response[IncubatorView]:
    view = await incubator_by_slug(tx, slug=slug, now=now)
    return tagged(view, view.version)


async def _space(tx: Tx, space_id: UUID, now: datetime) -> Response[SpaceHours]:
    view = await space_by_id(tx, space_id=space_id)
    weekly = await hours_of(tx, place_id=space_id)
    exceptions = await exceptions_of(tx, place_id=space_id, since=now.date())
    return tagged(SpaceHours(weekly=weekly, exceptions=exceptions), view.version)


handlers: list[ControllerRouterHandler] = [
    put_incubator_hours,
    put_space_hours,
    put_incubator_exception,
    delete_incubator_exception,
    put_space_exception,
    delete_space_exception,
]
