"""The day of an incubator at the desk: who comes when, and one tap for each who came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.agenda import Agenda, agenda
from incubator.bookings.blocks import BlockView, blocks_in
from incubator.bookings.pages.offered import offered
from incubator.bookings.pages.wishes import read_day
from incubator.bookings.queries import bookings_in
from incubator.db.engine import Tx, statement
from incubator.kernel.period import WARSAW, Period, local_days, union
from incubator.occupancy.free import availability
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.places.views import ClosureView, IncubatorView, SpaceView
from incubator.web.pages import page


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAtDesk:
    """A day of an incubator: when any of its spaces is `open`, what is `closed` or blocked, who comes."""

    incubator: IncubatorView
    spaces: tuple[SpaceView, ...]
    open: tuple[Period, ...]
    closures: tuple[ClosureView, ...]
    blocks: tuple[BlockView, ...]
    agenda: Agenda


@get("/desk/incubators/{slug:str}/day", guards=[coordinator])
async def show_day(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[str]:
    """`?date=`, today otherwise; `?space=` shows one space and what takes it as part of a joined one."""
    request, now = visit.request, visit.now
    day = read_day(request.query_params.get("date"), now=now)
    async with statement(visit.db) as tx:
        shown = await _read(tx, slug, day, request.query_params.get("space", ""), visit.actor, now)
    today = now.astimezone(WARSAW).date()
    bookings = [entry.booking for entry in (*shown.agenda.stays, *shown.agenda.entries)]
    return page(
        request,
        "bookings/desk_day.html",
        shown=shown,
        chosen=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        space=_space(shown.spaces, request.query_params.get("space", "")),
        can={booking.id: offered(visit.actor, booking, now=now) for booking in bookings},
    )


async def _read(tx: Tx, slug: str, day: date, space_slug: str, actor: Actor, now: datetime) -> DayAtDesk:
    """Raises NoSuchIncubator, NotYours."""
    span = local_days(day)
    # Closures and exceptions of a day that is over, too.
    incubator = await incubator_by_slug(tx, slug=slug, now=min(now, span.start))
    must_coordinate(actor, incubator.gmina_id)
    spaces = await shelf(tx, wish=Wish(incubator=slug))
    chosen = _space(spaces, space_slug)
    asked = [chosen] if chosen else spaces
    bookings = await bookings_in(tx, actor=actor, incubator_id=incubator.id, span=span)
    blocks = await blocks_in(tx, actor=actor, incubator_id=incubator.id, span=span)
    times = await availability(tx, space_ids=[one.id for one in asked], span=span, now=now) if asked else []
    return DayAtDesk(
        incubator=incubator,
        spaces=tuple(spaces),
        open=_hours([Period(start, end) for one in times for start, end in one.open], span),
        closures=tuple(
            one
            for one in incubator.closures
            if Period(one.start, one.end).overlaps(span)
            and (one.space_id is None or _takes(spaces, chosen, one.space_id))
        ),
        blocks=tuple(one for one in blocks if _takes(spaces, chosen, one.space_id)),
        agenda=agenda([one for one in bookings if _takes(spaces, chosen, one.space_id)], span=span, now=now),
    )


def _hours(stretches: list[Period], span: Period) -> tuple[Period, ...]:
    """When somebody is to be at the door. An office that is open day and night says nothing of that,
    unless it is all there is."""
    return tuple(union([one for one in stretches if not one.contains(span)] or stretches))


def _space(spaces: tuple[SpaceView, ...] | list[SpaceView], slug: str) -> SpaceView | None:
    return next((one for one in spaces if one.slug == slug), None)


def _takes(spaces: list[SpaceView], chosen: SpaceView | None, space_id: UUID) -> bool:
    """Whether what stands in `space_id` takes some of the chosen space; all, where none is chosen."""
    if chosen is None:
        return True
    theirs = next((one for one in spaces if one.id == space_id), None)
    parts = set(theirs.parts) if theirs and theirs.parts else {space_id}
    return bool(parts & set(chosen.parts or [chosen.id]))


handlers = [show_day]
