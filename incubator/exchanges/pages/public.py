"""What everybody reads: what is on, a session, what was given out at it."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.applications.serving import served
from incubator.db.engine import Database, statement
from incubator.exchanges.details import KINDS, LANGUAGES
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.listing import Wanted, other_dates, sessions_on, topics_on
from incubator.exchanges.materials import content_to_read
from incubator.exchanges.own import own_seats
from incubator.exchanges.queries import runs
from incubator.exchanges.views import SessionBrief
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.period import WARSAW, local_midnight
from incubator.people.actor import Actor
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.places.catalogue import gminas
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.pages import page

Word = Annotated[str, QueryParameter(max_length=80, pattern=r"^[^\x00]*$")]
PAGE = 24


@get("/exchange", guards=[public])
async def show_exchange(
    request: Ask,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    gmina: Word = "",
    kind: Word = "",
    topic: Word = "",
    language: Word = "",
    month: Word = "",
    after: Cursor = None,
) -> Response[str]:
    """What comes; or a month, whether it is over or not."""
    first = _first_of(month)
    since, until = (now, None) if first is None else (local_midnight(first), local_midnight(_next(first)))
    wanted = Wanted(gmina=gmina, kind=kind, topic=topic, language=language, since=since, until=until)
    limit = 300 if first else PAGE
    async with statement(db) as tx:
        found = await sessions_on(tx, wanted=wanted, after=read_cursor(after, datetime), limit=limit + 1)
        topics, places = await topics_on(tx, now=now), await gminas(tx)
    last = found[limit - 1] if len(found) > limit else None
    return page(
        request,
        "exchanges/list.html",
        sessions=found[:limit],
        days=_by_day(found[:limit]) if first else [],
        following=write_cursor(last.start, last.id) if last else None,
        wanted=wanted,
        month=first,
        before=_before(first or now.astimezone(WARSAW).date().replace(day=1)),
        after=_next(first or now.astimezone(WARSAW).date().replace(day=1)),
        this=now.astimezone(WARSAW).date(),
        topics=topics,
        gminas=sorted(places, key=lambda one: alphabetical(one.name)),
        kinds=KINDS,
        languages=LANGUAGES,
        now=now,
    )


@get("/exchange/{session_id:uuid}", guards=[public])
async def show_session(
    request: Ask, session_id: FromPath[UUID], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    reader = reader_of(request)
    async with statement(db) as tx:
        full = await session_in_full(tx, reader=reader, session_id=session_id)
        own = await own_seats(tx, reader=reader, session_id=session_id)
        dates = await other_dates(tx, session=full.session, now=now)
    mine = runs(reader, full.session.gmina_id)
    session = full.session
    return page(request, "exchanges/session.html", full=full, session=session, own=own, dates=dates, runs=mine, now=now)


@get("/exchange/{session_id:uuid}/materials/{material_id:uuid}", guards=[public])
async def fetch_material(
    request: Ask, session_id: FromPath[UUID], material_id: FromPath[UUID], db: NamedDependency[Database]
) -> Response[bytes]:
    async with statement(db) as tx:
        reader = reader_of(request)
        return served(await content_to_read(tx, reader=reader, session_id=session_id, material_id=material_id))


def reader_of(request: Ask) -> Actor | None:
    """Who looks, if anybody is signed in: whoever runs a draft sees it."""
    found = request.scope.get("user")
    return found if isinstance(found, Actor) else None


def _by_day(sessions: list[SessionBrief]) -> list[tuple[date, list[SessionBrief]]]:
    """What starts on each day in Warsaw, in time."""
    return [(day, list(held)) for day, held in groupby(sessions, lambda one: one.start.astimezone(WARSAW).date())]


def _first_of(month: str) -> date | None:
    """Of "2026-09"; anything else is no month."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first if 2001 <= first.year < 2190 else None


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


handlers: list[ControllerRouterHandler] = [show_exchange, show_session, fetch_material]
