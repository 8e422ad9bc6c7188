"""The page of an incubator: the week of all its spaces."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.pages.hours import hours_today, weekly
from incubator.bookings.pages.rows import board, things_of
from incubator.bookings.pages.wishes import KINDS, around, read_day, read_wanted
from incubator.db.engine import Database, statement
from incubator.kernel.period import WARSAW, monday_of
from incubator.people.guards import public
from incubator.places.catalogue import incubator_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.web.pages import page


@get("/incubators/{slug:str}", guards=[public])
async def show_incubator(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime], slug: FromPath[str]
) -> Response[str]:
    """The week around `?date=`, narrowed by the wishes in the address."""
    chosen, wanted = read_day(request.query_params.get("date"), now=now), read_wanted(request.query_params)
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        spaces = await shelf(tx, wish=Wish(incubator=slug))
        fitting = [space for space in spaces if wanted.fits(space)]
        shown = await board(tx, things_of(incubator, fitting), monday=monday_of(chosen), now=now)
    return page(
        request,
        "bookings/incubator.html",
        incubator=incubator,
        board=shown,
        spaces=spaces,
        **around(chosen, now=now),
        wanted=wanted,
        keep=wanted.query,
        shown=len(fitting),
        total=len(spaces),
        kinds=[kind for kind in KINDS if any(space.kind == kind for space in spaces)],
        equipment=sorted({item for space in spaces for item in space.equipment}),
        hours_today=hours_today(incubator, now.astimezone(WARSAW).date()),
        opening=weekly(incubator),
    )


handlers = [show_incubator]
