"""One booking with its history, and what can be done with it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.cancel import at_desk, cancel, is_holder
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.no_show import no_show
from incubator.bookings.pages.deeds import deeds_of
from incubator.bookings.pages.offered import offered
from incubator.bookings.pages.ways_back import MOVED_ON, desk_address
from incubator.bookings.queries import booking_for, history_for
from incubator.bookings.settle import WrongState
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, signed_in
from incubator.places.catalogue import incubator_by_id
from incubator.web.bodies import Body, OptionalLine, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]


class DeedForm(Body, frozen=True):
    """`reason` where one is given; `back` is where the coordinator came from."""

    reason: OptionalLine = ""
    back: str = ""


@get("/bookings/{booking_id:uuid}", guards=[signed_in])
async def show_booking(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[str]:
    return await show_one(request, db, actor=actor, booking_id=booking_id, now=now)


@post("/bookings/{booking_id:uuid}/cancel", guards=[signed_in], status_code=303)
async def cancel_booking(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    form = await read_form(request, DeedForm)

    async def act(tx: Tx) -> BookingView:
        return await cancel(tx, actor=actor, booking_id=booking_id, reason=form.reason, now=now)

    return await do(
        request, db, act, N_("The booking is cancelled."), form, actor=actor, booking_id=booking_id, now=now
    )


@post("/bookings/{booking_id:uuid}/check-in", guards=[signed_in], status_code=303)
async def check_in_booking(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    form = await read_form(request, DeedForm)

    async def act(tx: Tx) -> BookingView:
        return await check_in(tx, actor=actor, booking_id=booking_id, now=now)

    return await do(request, db, act, N_("Checked in. Welcome!"), form, actor=actor, booking_id=booking_id, now=now)


@post("/bookings/{booking_id:uuid}/no-show", guards=[coordinator], status_code=303)
async def mark_no_show(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    form = await read_form(request, DeedForm)

    async def act(tx: Tx) -> BookingView:
        return await no_show(tx, actor=actor, booking_id=booking_id, now=now)

    return await do(request, db, act, N_("Marked: nobody came."), form, actor=actor, booking_id=booking_id, now=now)


@post("/bookings/{booking_id:uuid}/complete", guards=[coordinator], status_code=303)
async def complete_booking(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    form = await read_form(request, DeedForm)

    async def act(tx: Tx) -> BookingView:
        return await complete(tx, actor=actor, booking_id=booking_id, now=now)

    return await do(request, db, act, N_("Marked: it took place."), form, actor=actor, booking_id=booking_id, now=now)


async def do(
    request: Asked,
    db: Database,
    act: Callable[[Tx], Awaitable[BookingView]],
    sentence: str,
    form: DeedForm,
    *,
    actor: Actor,
    booking_id: UUID,
    now: datetime,
) -> Response[Any]:
    """Do it, go back and say so; or show the booking with the reason why not. To the desk it goes
    back all the same when somebody was quicker, or the button was tapped twice: its list says how
    the booking stands."""
    desk = desk_address(form.back)
    try:
        await attempt(db, act)
    except Refusal as refusal:
        if desk and isinstance(refusal, WrongState):
            return see_other(request, desk, MOVED_ON, tone="wait")
        return await show_one(request, db, actor=actor, booking_id=booking_id, now=now, refusal=refusal, form=form)
    return see_other(request, desk or f"/bookings/{booking_id}", sentence)


# A room is part of a meeting with a mentor, or of one of a programme.
OF_PROGRAMME = "SELECT EXISTS (SELECT FROM programme_meeting WHERE id = $1)"


async def show_one(
    request: Asked,
    db: Database,
    *,
    actor: Actor,
    booking_id: UUID,
    now: datetime,
    refusal: Refusal | None = None,
    form: DeedForm | None = None,
) -> Response[str]:
    """The booking's page. Raises NoSuchBooking."""
    async with statement(db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        history = await history_for(tx, actor=actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=now)
        of_programme = await tx.fetchval(OF_PROGRAMME, booking.part_of)
    return page(
        request,
        "bookings/one.html",
        of_programme=of_programme,
        status=status_of(refusal) if refusal else 200,
        booking=booking,
        incubator=incubator,
        now=now,
        deeds=deeds_of(history, booking=booking, reader=actor),
        own=is_holder(actor, booking),
        desk=at_desk(actor, booking),
        can=offered(actor, booking, now=now),
        problem=said(request, refusal) if refusal else "",
        reason=form.reason if form else "",
        back=desk_address(form.back) if form else "",
    )


handlers = [show_booking, cancel_booking, check_in_booking, mark_no_show, complete_booking]
