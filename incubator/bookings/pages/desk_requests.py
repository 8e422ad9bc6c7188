"""The coordinator's work list: requests that wait, rivals for one time side by side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request as Ask
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.approve import approve
from incubator.bookings.cancel import ReasonNeeded
from incubator.bookings.decline import decline
from incubator.bookings.overview import AtDesk, overview
from incubator.bookings.pages.ways_back import desk_address
from incubator.bookings.queries import booking_for, rivals_of
from incubator.bookings.requests import Request, awaiting, rival_sets
from incubator.bookings.settle import WrongState
from incubator.bookings.weighing import Weighed, weigh
from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.people.actor import Actor
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Ask[Any, Any, Any]
LIST = "/desk/requests"
SHOWN = 100
READY = {
    "needed": N_("The gmina needs the space at this time."),
    "another": N_("There were several requests for this time, and another one was chosen."),
    "unfit": N_("The space is not suited for this."),
    "closed": N_("The incubator is closed at this time."),
    "unclear": N_("Please ask again and say more: what it is for and how many people come."),
}
"""Reasons to choose from, by their names in the form. Kept as msgids: the mail says them in the
language of the person who asked."""
DECLINED = N_("Declined. The person who asked gets a mail with the reason.")
APPROVED = N_("Approved. The person who asked gets a mail.")
APPROVED_ONE = N_("Approved. The other requests for this time are declined; everybody gets a mail.")
ANSWERED = N_("This request has been answered already.")


class ApproveForm(Body, frozen=True):
    """`seen` are the rivals that stood beside it: those whom the answer declines."""

    seen: tuple[UUID, ...] = ()
    back: str = ""


class DeclineForm(Body, frozen=True):
    """A reason of READY, one in own words, or both."""

    ready: str = ""
    reason: OptionalLine = ""
    back: str = ""


class AnotherAsks(Conflict):
    """A rival came in after the list was read, and would have been declined unseen."""

    code = "another_asks"
    sentence = N_("Another request for this time came in while you were reading. Please look again and decide.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """What waits at the `places` of a desk, or at the one `chosen`: the first `shown` of `total` in
    rival sets, each `weighed`; and what nobody answered in time."""

    places: tuple[AtDesk, ...]
    chosen: AtDesk | None
    sets: tuple[tuple[Request, ...], ...]
    missed: tuple[Request, ...]
    weighed: dict[UUID, Weighed]
    shown: int
    total: int


@get("/desk/requests", guards=[coordinator])
async def show_requests(visit: NamedDependency[Visit]) -> Response[str]:
    """The soonest first; `?incubator=` shows one incubator's."""
    return await _show(visit)


@post("/desk/requests/{booking_id:uuid}/approve", guards=[coordinator], status_code=303)
async def approve_request(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    request = visit.request

    async def act(tx: Tx) -> str:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id, lock=True)
        rivals = await rivals_of(tx, booking=booking)
        if not {one.id for one in rivals} <= set(form.seen):
            raise AnotherAsks()
        await approve(tx, actor=visit.actor, booking_id=booking_id, now=visit.now)
        return APPROVED_ONE if rivals else APPROVED

    back = LIST
    try:
        form = await read_form(request, ApproveForm, lists=("seen",))
        back = desk_address(form.back) or LIST
        return see_other(request, back, await attempt(visit.db, act))
    except WrongState:
        return see_other(request, back, ANSWERED, tone="note")
    except (Conflict, Invalid) as refusal:
        return await _show(visit, refusal=refusal, about=booking_id)


@post("/desk/requests/{booking_id:uuid}/decline", guards=[coordinator], status_code=303)
async def decline_request(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    request = visit.request
    typed, back = {}, LIST
    try:
        form = await read_form(request, DeclineForm)
        typed, back = msgspec.structs.asdict(form), desk_address(form.back) or LIST
        reason = _reason(request, form)
        await visit.do(decline, booking_id=booking_id, reason=reason)
        return see_other(request, back, DECLINED, tone="note")
    except WrongState:
        return see_other(request, back, ANSWERED, tone="note")
    except (Conflict, Invalid) as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        return await _show(visit, refusal=refusal, about=booking_id, typed=typed)


def _reason(request: Asked, form: DeclineForm) -> str:
    """Raises ReasonNeeded. What is added in own words is read in the language that it was written in."""
    ready, own = READY.get(form.ready, ""), form.reason.strip()
    if not ready and not own:
        raise ReasonNeeded()
    return f"{texts_of(request).gettext(ready)} {own}" if ready and own else ready or own


async def _show(
    visit: Visit, *, refusal: Refusal | None = None, about: UUID | None = None, typed: dict[str, str] | None = None
) -> Response[str]:
    """The list; after a refusal with what was said, at the request that it was `about`."""
    request = visit.request
    async with statement(visit.db) as tx:
        listed = await _read(tx, visit.actor, visit.now, request.query_params.get("incubator", ""))
    return page(
        request,
        "bookings/desk_requests.html",
        status=status_of(refusal) if refusal else 200,
        listed=listed,
        ready=READY,
        problem=said(request, refusal) if refusal else "",
        about=about,
        typed=typed or {},
        back=f"{LIST}?incubator={listed.chosen.slug}" if listed.chosen else LIST,
    )


async def _read(tx: Tx, actor: Actor, now: datetime, slug: str) -> WorkList:
    places = await overview(tx, actor=actor, now=now)
    chosen = next((one for one in places if one.slug == slug), None)
    here = chosen.id if chosen else None
    coming = await awaiting(tx, actor=actor, incubator_id=here, after=now, limit=SHOWN)
    missed = await awaiting(tx, actor=actor, incubator_id=here, until=now, limit=SHOWN)
    return WorkList(
        places=tuple(places),
        chosen=chosen,
        sets=tuple(rival_sets(coming)),
        missed=tuple(missed),
        weighed=await weigh(tx, requests=coming, now=now),
        shown=len(coming),
        total=chosen.waiting if chosen else sum(one.waiting for one in places),
    )


handlers = [show_requests, approve_request, decline_request]
