"""The desk: what a gmina invoiced in a month, with its sums by rate."""

from datetime import date, timedelta
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.invoices.invoice_charge import waiting_for
from incubator.invoices.pages.labels import Written
from incubator.invoices.parties import sellers_of
from incubator.invoices.queries import Days, invoices_at_desk, totals_at_desk
from incubator.invoices.queries_notes import notes_at_desk
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.visit import Visit
from incubator.places.catalogue import gmina_by_slug, gminas
from incubator.places.views import GminaView
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.pages import page

PAGE = 100
Month = Annotated[str, QueryParameter(max_length=80)]


async def gmina_at_desk(tx: Tx, *, actor: Actor, slug: str) -> GminaView:
    """Raises NoSuchGmina, NotYours."""
    found = await gmina_by_slug(tx, slug=slug)
    must_coordinate(actor, found.id)
    return found


def month_of(text: str, today: date) -> Days:
    """Of "2026-09"; of today where it is no month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = today.replace(day=1)
    if not 2000 <= first.year < 2199:
        first = today.replace(day=1)
    return Days(first=first, last=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


@get("/desk/invoices", guards=[coordinator])
async def show_gminas(visit: NamedDependency[Visit]) -> Response[Any]:
    """Whose invoices one runs; straight to them where it is one gmina."""
    actor = visit.actor
    async with statement(visit.db) as tx:
        mine = [one for one in await gminas(tx) if actor.is_administrator or one.id in actor.coordinates]
    if len(mine) == 1:
        onward = f"/desk/gminas/{mine[0].slug}/invoices"
        return Redirect(onward, status_code=303, headers={"Cache-Control": "no-store"})
    return page(visit.request, "invoices/desk_gminas.html", gminas=mine)


@get("/desk/gminas/{slug:str}/invoices", guards=[coordinator])
async def show_month(
    visit: NamedDependency[Visit], slug: FromPath[str], month: Month = "", after: Cursor = None
) -> Response[str]:
    today = visit.now.astimezone(WARSAW).date()
    days = month_of(month, today)
    async with statement(visit.db) as tx:
        gmina = await gmina_at_desk(tx, actor=visit.actor, slug=slug)
        found = await invoices_at_desk(
            tx, actor=visit.actor, gmina_id=gmina.id, days=days, after=read_cursor(after, date), limit=PAGE + 1
        )
        totals = await totals_at_desk(tx, actor=visit.actor, gmina_id=gmina.id, days=days)
        sellers = await sellers_of(tx, gmina_id=gmina.id)
        waiting = await waiting_for(tx, gmina_id=gmina.id, now=visit.now)
        notes = await notes_at_desk(tx, actor=visit.actor, gmina_id=gmina.id, days=days)
    onward = write_cursor(found[PAGE - 1].issued_on, found[PAGE - 1].id) if len(found) > PAGE else None
    return page(
        visit.request,
        "invoices/desk.html",
        gmina=gmina,
        invoices=found[:PAGE],
        totals=totals,
        waiting=waiting,
        notes=notes,
        has_seller=any(one.from_day <= today for one in sellers),
        days=days,
        before=days.first - timedelta(days=1),
        later=days.last + timedelta(days=1),
        onward=onward,
        written=Written(visit.locale),
    )


handlers: list[ControllerRouterHandler] = [show_gminas, show_month]
