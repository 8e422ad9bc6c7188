"""Weekly hours and exceptions, of an incubator or of a space that keeps hours of its own."""

from datetime import date, datetime
from uuid import UUID

from litestar import Response, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.places.api.shapes import DESK, DifferentDay, SpaceHours, Week
from incubator.places.catalogue import exceptions_of, hours_of, incubator_by_slug
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.reach import incubator_key
from incubator.places.remove_exception import remove_exception
from incubator.places.set_exception import set_exception
from incubator.places.set_hours import set_incubator_hours, set_space_hours
from incubator.places.views import IncubatorView
from incubator.web.etags import IfMatch, seen_version, tagged

AN_EXCEPTION = {**DESK, "status_code": 200}


@put("/incubators/{slug:str}/hours", operation_id="setIncubatorHours", **DESK)
async def put_incubator_hours(
    slug: FromPath[str],
    data: JSONBody[Week],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """The whole week anew; an empty one means closed. Bookings made before stand."""
    seen, hours = seen_version(if_match), [one.stretch() for one in data.weekly]

    async def act(tx: Tx) -> Response[IncubatorView]:
        key = await incubator_key(tx, slug)
        await set_incubator_hours(tx, actor=actor, incubator_id=key, hours=hours, seen=seen, now=now)
        return await _incubator(tx, slug, now)

    return await attempt(db, act)


@put("/spaces/{space_id:uuid}/hours", operation_id="setSpaceHours", **DESK)
async def put_space_hours(
    space_id: FromPath[UUID],
    data: JSONBody[Week],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceHours]:
    """The whole week anew; an empty one means as the incubator. Bookings made before stand."""
    seen, hours = seen_version(if_match), [one.stretch() for one in data.weekly]

    async def act(tx: Tx) -> Response[SpaceHours]:
        await set_space_hours(tx, actor=actor, space_id=space_id, hours=hours, seen=seen, now=now)
        return await _space(tx, space_id, now)

    return await attempt(db, act)


@put("/incubators/{slug:str}/exceptions/{day:date}", operation_id="setIncubatorException", **DESK)
async def put_incubator_exception(
    slug: FromPath[str],
    day: FromPath[date],
    data: JSONBody[DifferentDay],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """One day with other hours, or none, public holiday or not."""
    seen, hours = seen_version(if_match), [one.stretch() for one in data.hours]

    async def act(tx: Tx) -> Response[IncubatorView]:
        key = await incubator_key(tx, slug)
        await set_exception(tx, actor=actor, incubator_id=key, day=day, hours=hours, note=data.note, seen=seen, now=now)
        return await _incubator(tx, slug, now)

    return await attempt(db, act)


@delete("/incubators/{slug:str}/exceptions/{day:date}", operation_id="removeIncubatorException", **AN_EXCEPTION)
async def delete_incubator_exception(
    slug: FromPath[str],
    day: FromPath[date],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """The day is like any other again."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> Response[IncubatorView]:
        key = await incubator_key(tx, slug)
        await remove_exception(tx, actor=actor, incubator_id=key, day=day, seen=seen, now=now)
        return await _incubator(tx, slug, now)

    return await attempt(db, act)


@put("/spaces/{space_id:uuid}/exceptions/{day:date}", operation_id="setSpaceException", **DESK)
async def put_space_exception(
    space_id: FromPath[UUID],
    day: FromPath[date],
    data: JSONBody[DifferentDay],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceHours]:
    """One day on which the space keeps other hours, or none."""
    seen, hours = seen_version(if_match), [one.stretch() for one in data.hours]

    async def act(tx: Tx) -> Response[SpaceHours]:
        await set_exception(
            tx, actor=actor, space_id=space_id, day=day, hours=hours, note=data.note, seen=seen, now=now
        )
        return await _space(tx, space_id, now)

    return await attempt(db, act)


@delete("/spaces/{space_id:uuid}/exceptions/{day:date}", operation_id="removeSpaceException", **AN_EXCEPTION)
async def delete_space_exception(
    space_id: FromPath[UUID],
    day: FromPath[date],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceHours]:
    """The day is like any other again."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> Response[SpaceHours]:
        await remove_exception(tx, actor=actor, space_id=space_id, day=day, seen=seen, now=now)
        return await _space(tx, space_id, now)

    return await attempt(db, act)


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
