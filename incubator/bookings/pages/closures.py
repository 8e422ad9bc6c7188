"""The desk: close a space, an incubator or a gmina for a while, see what is closed, take it back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.close_over import close_over
from incubator.bookings.in_the_way import Answer, BookingsInTheWay
from incubator.bookings.pages.asking import show_in_the_way
from incubator.bookings.pages.own_places import named, own_places, read_what
from incubator.bookings.pages.stretch import FIELDS, asked_stretch, in_link, read_stretch
from incubator.db.engine import statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.kernel.period import Period
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.places.catalogue import closures_over
from incubator.places.reopen import reopen
from incubator.web.bodies import Body, OptionalLine, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]
EMPTY = dict.fromkeys(("what", *FIELDS, "reason_pl", "reason_en"), "")
DONE = {
    "ask": N_("It is closed for this time."),
    "keep": N_("It is closed for this time. What is booked already stands."),
    "cancel": N_("It is closed for this time. Whoever lost a booking is written to."),
}


class ClosureForm(Body, frozen=True):
    """`what` is "space:…", "incubator:…" or "gmina:…" with the identifier."""

    what: str = ""
    from_day: str = ""
    from_time: str = ""
    to_day: str = ""
    to_time: str = ""
    reason_pl: OptionalLine = ""
    reason_en: OptionalLine = ""
    bookings: Answer = "ask"


@get("/desk/close", guards=[coordinator])
async def show_close(visit: NamedDependency[Visit]) -> Response[str]:
    """`?what=`, `?date=`, `?start=`, `?end=` and the reasons fill the form beforehand."""
    query = visit.request.query_params
    typed = {name: query.get(name, "")[:200] for name in ("what", "reason_pl", "reason_en")}
    return await _show(visit, {**typed, **asked_stretch(query, now=visit.now)})


@post("/desk/close", guards=[coordinator], status_code=303)
async def close_for_a_while(visit: NamedDependency[Visit]) -> Response[Any]:
    """Close it; where something is booked under it, ask about that first."""
    typed: dict[str, str] = {}
    try:
        form = await read_form(visit.request, ClosureForm)
        typed = {name: str(value) for name, value in msgspec.structs.asdict(form).items()}
        period = read_stretch(typed, now=visit.now)
        await visit.do(
            close_over,
            **read_what(form.what),
            period=period,
            reason_pl=form.reason_pl,
            reason_en=form.reason_en,
            bookings=form.bookings,
        )
    except BookingsInTheWay as refusal:
        return await _ask(visit, form, period, refusal)
    except (Invalid, Conflict) as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        return await _show(visit, typed, refusal=refusal)
    return see_other(visit.request, "/desk/close#closures", DONE[form.bookings])


@post("/desk/closures/{closure_id:uuid}/take-back", guards=[coordinator], status_code=303)
async def take_back_closure(visit: NamedDependency[Visit], closure_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(reopen, closure_id=closure_id)
    return see_other(visit.request, "/desk/close#closures", N_("The closure is taken back."), tone="note")


async def _show(visit: Visit, typed: dict[str, str], *, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        places = await own_places(tx, actor=visit.actor)
        found = [
            one
            for place in places
            for one in await closures_over(tx, gmina_id=place.gmina.id, incubator_id=None, now=visit.now)
        ]
    closures = [
        (
            named(places, gmina_id=one.gmina_id, incubator_id=one.incubator_id, space_id=one.space_id),
            Period(one.start, one.end),
            one,
        )
        for one in found
    ]
    return page(
        visit.request,
        "bookings/desk_close.html",
        status=status_of(refusal) if refusal else 200,
        places=places,
        closures=closures,
        typed={**EMPTY, **typed},
        problem=said(visit.request, refusal) if refusal else "",
    )


async def _ask(visit: Visit, form: ClosureForm, period: Period, refusal: BookingsInTheWay) -> Response[str]:
    async with statement(visit.db) as tx:
        places = await own_places(tx, actor=visit.actor)
    fields = {name: str(value) for name, value in msgspec.structs.asdict(form).items() if name != "bookings"}
    said_so = [("what", form.what), *in_link(period), ("reason_pl", form.reason_pl), ("reason_en", form.reason_en)]
    return show_in_the_way(
        visit.request,
        refusal,
        what=named(places, **read_what(form.what)),
        period=period,
        reason=form.reason_pl,
        action="/desk/close",
        fields=fields,
        answers=["cancel", "keep"],
        back=f"/desk/close?{urlencode(said_so)}",
    )


handlers = [show_close, close_for_a_while, take_back_closure]
