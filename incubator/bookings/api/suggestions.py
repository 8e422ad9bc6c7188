"""Free times near a wished one, before or without trying to book it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.bookings.suggest import Suggestion, suggest
from incubator.db.engine import Database, statement
from incubator.people.guards import public
from incubator.places.queries import spaces_with_id
from incubator.web.bodies import Moment
from incubator.web.periods import period_of
from incubator.web.problems import problems

From = Annotated[Moment, QueryParameter(name="from", description="The wished start, with its offset.")]
To = Annotated[Moment, QueryParameter(name="to", description="The wished end; suggestions are as long.")]


class Suggestions(msgspec.Struct, frozen=True):
    """Times of the wished length that were free a moment ago, the nearest first: of the space itself,
    then of others like it."""

    items: list[Suggestion]


@get(
    "/spaces/{space_id:uuid}/suggestions",
    operation_id="listSuggestions",
    guards=[public],
    responses=problems(404, 422),
)
async def list_suggestions(
    space_id: FromPath[UUID], start: From, end: To, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Suggestions:
    """The free times nearest to a wished one, within a week before and after it. Nothing is held."""
    period = period_of(start, end)
    async with statement(db) as tx:
        (wanted,) = await spaces_with_id(tx, space_id=space_id)
        return Suggestions(await suggest(tx, space_id=wanted, period=period, now=now))


handlers: list[ControllerRouterHandler] = [list_suggestions]
