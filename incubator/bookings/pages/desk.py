"""The coordinator's desk: what waits, what is on, and the ways from there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency

from incubator.bookings.agenda import Agenda, Entry, Phase, agenda, coming_up
from incubator.bookings.applications_waiting import applications_waiting
from incubator.bookings.exchange_today import sessions_today, topics_to_let_through
from incubator.bookings.outside_hours import outside_hours
from incubator.bookings.overview import AtDesk, overview
from incubator.bookings.pages.offered import offered
from incubator.bookings.queries import bookings_in
from incubator.bookings.requests import Request, awaiting
from incubator.bookings.views import BookingView
from incubator.bookings.waitlist import WaitlistView, wishes_in
from incubator.db.engine import Tx, statement
from incubator.kernel.period import WARSAW, local_days
from incubator.payments.waits_at_desk import waits_at_desk
from incubator.people.actor import Actor
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.web.pages import page

AT_A_GLANCE = 4
"""Up to so many incubators are shown with their day; of more, as an administrator has, a list."""
FIRST = 3
"""How many of a long list stand on the desk itself."""
MOST_NOW = 6
NOW = frozenset({Phase.ON, Phase.LATE})


@dataclass(frozen=True, slots=True)
class Glance:
    """An incubator right now: who should be in and is not, who is, who comes next, what waits, and what
    stands at times that are closed by now. `more` of the day is on its own page."""

    place: AtDesk
    day: Agenda
    entries: tuple[Entry, ...]
    more: int
    requests: tuple[Request, ...]
    line: tuple[WaitlistView, ...]
    outside: tuple[BookingView, ...]


@get("/desk", guards=[coordinator])
async def show_desk(visit: NamedDependency[Visit]) -> Response[str]:
    actor, now = visit.actor, visit.now
    async with statement(visit.db) as tx:
        places = await overview(tx, actor=actor, now=now)
        applications = await applications_waiting(tx, actor=actor, now=now)
        topics = await topics_to_let_through(tx, actor=actor)
        money_waits = await waits_at_desk(tx, actor=actor, now=now)
        sessions = await sessions_today(tx, actor=actor, now=now)
        near = len(places) <= AT_A_GLANCE
        glances = [await _glance(tx, place, actor, now) for place in places] if near else []
    return page(
        visit.request,
        "bookings/desk.html",
        places=places,
        glances=glances,
        applications=applications,
        topics=topics,
        money_waits=money_waits,
        sessions=sessions,
        today=now.astimezone(WARSAW).date(),
        waiting=sum(one.waiting for one in places),
        can=_offers(glances, actor, now),
    )


async def _glance(tx: Tx, place: AtDesk, actor: Actor, now: datetime) -> Glance:
    span = local_days(now.astimezone(WARSAW).date())
    day = agenda(await bookings_in(tx, actor=actor, incubator_id=place.id, span=span), span=span, now=now)
    waiting = await awaiting(tx, actor=actor, incubator_id=place.id, after=now, limit=FIRST)
    here = sorted((one for one in day.entries if one.phase in NOW), key=lambda one: one.phase != Phase.LATE)
    shown = (*here[:MOST_NOW], *coming_up(day.entries, most=FIRST))
    line = await wishes_in(tx, actor=actor, incubator_id=place.id, now=now) if place.line else []
    return Glance(
        place=place,
        day=day,
        entries=shown,
        more=sum(one.phase != Phase.OVER for one in day.entries) - len(shown),
        requests=tuple(waiting),
        outside=tuple(await outside_hours(tx, actor=actor, incubator_id=place.id, now=now)),
        line=tuple(sorted(line, key=lambda wish: wish.period.start)[:FIRST]),
    )


def _offers(glances: list[Glance], actor: Actor, now: datetime) -> dict[UUID, set[str]]:
    shown = [entry.booking for one in glances for entry in one.entries]
    return {booking.id: offered(actor, booking, now=now) for booking in shown}


handlers = [show_desk]
