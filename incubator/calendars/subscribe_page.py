"""The page where everybody finds a public calendar and the way into their own app."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.calendars.choices import (
    SPOKEN,
    CalendarCancelled,
    CalendarDates,
    CalendarNames,
    UnknownLanguage,
)
from incubator.calendars.links import qr_code
from incubator.calendars.narrowing import LISTS
from incubator.calendars.offered import incubator_around, offered, spaces_offered
from incubator.calendars.subscription import Subscription, Wish, subscription
from incubator.db.engine import Database, Tx, statement
from incubator.exchanges.listing import topics_on
from incubator.kernel.errors import Refusal
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.web.bodies import read_query
from incubator.web.i18n import LOCALES, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

NARROWED_AMISS = (CalendarCancelled, CalendarDates, CalendarNames, UnknownLanguage)


@get("/subscribe", guards=[public])
async def show_subscribe(request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime]) -> Response[str]:
    """The form, and below it what was chosen; or why that cannot be had."""
    wish, chosen, status, problem = Wish(), None, 200, ""
    async with statement(db) as tx:
        try:
            wish = _wished(request)
            chosen = await _chosen(tx, request, wish, now)
        except Refusal as refusal:
            status, problem = status_of(refusal), said(request, refusal)
            if isinstance(refusal, NARROWED_AMISS):
                chosen = await _chosen(tx, request, Wish(of=wish.of, space=wish.space), now)
        shown = await _around(tx, wish, chosen, now)
    return page(
        request,
        "calendars/subscribe.html",
        # A script that renews the links alone shows no answer that is a failure.
        status=200 if request.headers.get("hx-request") == "true" else status,
        problem=problem,
        wish=wish,
        chosen=chosen,
        qr=qr_code(chosen.ways.webcal) if chosen else "",
        dav=f"{request.app.state.settings.address}/dav/",
        **shown,
    )


def _wished(request: Ask) -> Wish:
    """Written in the reader's language unless they want it in another. Raises UnreadableForm."""
    wish = read_query(request, Wish, lists=LISTS)
    return wish if wish.written else msgspec.structs.replace(wish, written=texts_of(request).locale)


async def _chosen(tx: Tx, request: Ask, wish: Wish, now: datetime) -> Subscription | None:
    if not wish.calendar:
        return None
    address = request.app.state.settings.address
    return await subscription(tx, wish=wish, texts=texts_of(request), address=address, now=now)


async def _around(tx: Tx, wish: Wish, chosen: Subscription | None, now: datetime) -> dict[str, Any]:
    """What the form offers; `narrowed` is the calendar that it begins with, for a space that of its incubator."""
    around = await incubator_around(tx, of=chosen.of) if chosen else ""
    return {
        "offers": await offered(tx),
        "narrowed": around or (chosen.of if chosen else wish.of),
        "spaces": await spaces_offered(tx, of=around) if around else [],
        "topics": await topics_on(tx, now=now) if chosen and chosen.topical else [],
        "spoken": SPOKEN,
        "locales": LOCALES,
    }


handlers: list[ControllerRouterHandler] = [show_subscribe]
