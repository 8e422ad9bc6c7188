"""Read gminas, incubators and spaces. Public."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.guards import public
from incubator.places.api.shapes import Gminas, Holiday, Incubators, SpaceHours, Spaces
from incubator.places.catalogue import (
    exceptions_of,
    gmina_by_slug,
    gminas,
    holidays_of,
    hours_of,
    incubator_by_slug,
    incubators,
)
from incubator.places.catalogue_spaces import Wish, space_by_id, spaces
from incubator.places.details import Kind, Status
from incubator.places.views import GminaView, IncubatorView, SpaceView
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.problems import problems

OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
Named = Annotated[str | None, QueryParameter(max_length=80)]


@get("/gminas", operation_id="listGminas", **OPEN)
async def list_gminas(db: NamedDependency[Database], after: Cursor = None, limit: Limit = 50) -> Gminas:
    """The gminas of the metropolis with their incubators."""
    async with statement(db) as tx:
        found = await gminas(tx, after=_seen(after), limit=limit + 1)
    return Gminas(items=found[:limit], next=_next([view.id for view in found], limit))


@get("/gminas/{slug:str}", operation_id="getGmina", **OPEN)
async def get_gmina(slug: FromPath[str], db: NamedDependency[Database]) -> Response[GminaView]:
    """One gmina, with its ETag."""
    async with statement(db) as tx:
        view = await gmina_by_slug(tx, slug=slug)
    return tagged(view, view.version)


@get("/incubators", operation_id="listIncubators", **OPEN)
async def list_incubators(
    db: NamedDependency[Database],
    gmina: Named = None,
    status: Annotated[Status | None, QueryParameter()] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Incubators:
    """The incubators of the metropolis, or of one gmina (its slug)."""
    async with statement(db) as tx:
        found = await incubators(tx, gmina=gmina, status=status, after=_seen(after), limit=limit + 1)
    return Incubators(items=found[:limit], next=_next([view.id for view in found], limit))


@get("/incubators/{slug:str}", operation_id="getIncubator", **OPEN)
async def get_incubator(
    slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[IncubatorView]:
    """One incubator with hours, coming exceptions and closures, and zones; with its ETag."""
    async with statement(db) as tx:
        view = await incubator_by_slug(tx, slug=slug, now=now)
    return tagged(view, view.version)


@get("/spaces", operation_id="listSpaces", **OPEN)
async def list_spaces(
    db: NamedDependency[Database],
    gmina: Named = None,
    incubator: Named = None,
    kind: Annotated[Kind | None, QueryParameter()] = None,
    capacity: Annotated[int | None, QueryParameter(ge=1, le=10_000, description="At least so many people.")] = None,
    equipment: Annotated[list[str] | None, QueryParameter(max_items=20, description="All of these.")] = None,
    step_free: Annotated[bool, QueryParameter()] = False,
    induction_loop: Annotated[bool, QueryParameter()] = False,
    accessible_wc: Annotated[bool, QueryParameter()] = False,
    after: Cursor = None,
    limit: Limit = 50,
) -> Spaces:
    """Spaces that fit, those taken out of use left away."""
    wish = Wish(
        gmina=gmina,
        incubator=incubator,
        kind=kind,
        capacity=capacity,
        equipment=tuple(equipment or ()),
        step_free=step_free,
        induction_loop=induction_loop,
        accessible_wc=accessible_wc,
    )
    async with statement(db) as tx:
        found = await spaces(tx, wish=wish, after=_seen(after), limit=limit + 1)
    return Spaces(items=found[:limit], next=_next([view.id for view in found], limit))


@get("/spaces/{space_id:uuid}", operation_id="getSpace", guards=[public], responses=problems(404, 410))
async def get_space(space_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[SpaceView]:
    """One space with its rules, and its ETag. 410 `space_retired` once it was taken out of use."""
    async with statement(db) as tx:
        view = await space_by_id(tx, space_id=space_id)
    return tagged(view, view.version)


@get("/spaces/{space_id:uuid}/hours", operation_id="getSpaceHours", guards=[public], responses=problems(404, 410))
async def get_space_hours(
    space_id: FromPath[UUID], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[SpaceHours]:
    """The hours that a space has of its own; its ETag is the space's."""
    async with statement(db) as tx:
        view = await space_by_id(tx, space_id=space_id)
        weekly = await hours_of(tx, place_id=space_id)
        exceptions = await exceptions_of(tx, place_id=space_id, since=now.date())
    return tagged(SpaceHours(weekly=weekly, exceptions=exceptions), view.version)


@get("/holidays", operation_id="listHolidays", **OPEN)
async def list_holidays(
    db: NamedDependency[Database], year: Annotated[int, QueryParameter(ge=2000, le=2199)]
) -> list[Holiday]:
    """Public holidays of a year; spaces that keep them are closed."""
    async with statement(db) as tx:
        return [
            Holiday(day=day, name_pl=polish, name_en=english)
            for day, polish, english in await holidays_of(tx, year=year)
        ]


def _seen(after: str | None) -> UUID | None:
    seen = read_cursor(after, str)
    return seen[1] if seen else None


def _next(keys: list[UUID], limit: int) -> str | None:
    return write_cursor("", keys[limit - 1]) if len(keys) > limit else None


handlers: list[ControllerRouterHandler] = [
    list_gminas,
    get_gmina,
    list_incubators,
    get_incubator,
    list_spaces,
    get_space,
    get_space_hours,
    list_holidays,
]
