"""One booking with its history, and what can be done with it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.aid.queries import grant_about
from incubator.bookings.cancel import Refund, at_desk, cancel, is_holder
from incubator.bookings.charge import KIND
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.cost import cost_of
from incubator.bookings.expire_unanswered import UNANSWERED
from incubator.bookings.going_back import going_back
from incubator.bookings.no_show import no_show
from incubator.bookings.pages.deeds import deeds_of
from incubator.bookings.pages.drawn import drawn_by
from incubator.bookings.pages.offered import offered
from incubator.bookings.pages.paying import paying_of
from incubator.bookings.pages.ways_back import MOVED_ON, desk_address
from incubator.bookings.queries import booking_for, history_for
from incubator.bookings.settle import WrongState
from incubator.bookings.views import BookingView
from incubator.db.engine import statement
from incubator.kernel.errors import N_, Refusal
from incubator.mail.answers import answers_of
from incubator.people.forms import Verb
from incubator.people.guards import coordinator, signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_id
from incubator.web.bodies import Body, OptionalLine, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]


class DeedForm(Body, frozen=True):
    """`reason` where one is given, `refund` where the desk calls off; `back` is where the coordinator came from."""

    reason: OptionalLine = ""
    refund: Refund = Refund.ALL
    back: str = ""


@get("/bookings/{booking_id:uuid}", guards=[signed_in])
async def show_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[str]:
    return await show_one(visit, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/cancel", guards=[signed_in], status_code=303)
async def cancel_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    form = await read_form(visit.request, DeedForm)
    told = {"reason": form.reason, "refund": form.refund}
    return await do(visit, cancel, N_("The booking is cancelled."), form, booking_id=booking_id, **told)


@post("/bookings/{booking_id:uuid}/check-in", guards=[signed_in], status_code=303)
async def check_in_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    form = await read_form(visit.request, DeedForm)
    return await do(visit, check_in, N_("Checked in. Welcome!"), form, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/no-show", guards=[coordinator], status_code=303)
async def mark_no_show(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    form = await read_form(visit.request, DeedForm)
    return await do(visit, no_show, N_("Marked: nobody came."), form, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/complete", guards=[coordinator], status_code=303)
async def complete_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    form = await read_form(visit.request, DeedForm)
    return await do(visit, complete, N_("Marked: it took place."), form, booking_id=booking_id)


async def do(
    visit: Visit, verb: Verb[BookingView], sentence: str, form: DeedForm, *, booking_id: UUID, **told: Any
) -> Response[Any]:
    """Do it, go back and say so; or show the booking with the reason why not. To the desk it goes
    back all the same when somebody was quicker, or the button was tapped twice: its list says how
    the booking stands."""
    desk = desk_address(form.back)
    try:
        await visit.do(verb, booking_id=booking_id, **told)
    except Refusal as refusal:
        if desk and isinstance(refusal, WrongState):
            return see_other(visit.request, desk, MOVED_ON, tone="wait")
        return await show_one(visit, booking_id=booking_id, refusal=refusal, form=form)
    return see_other(visit.request, desk or f"/bookings/{booking_id}", sentence)


# A room is part of a meeting with a mentor, or of one of a programme.
# Where the larger thing is to be seen: at the desk, or by everybody. A session of the metropolis is not this desk's.
WHOLE = """
SELECT CASE WHEN EXISTS (SELECT FROM programme_meeting WHERE id = $1) THEN 'programme-meetings'
    WHEN EXISTS (SELECT FROM session WHERE id = $1 AND gmina_id IS NULL) THEN 'metropolis'
    WHEN EXISTS (SELECT FROM session WHERE id = $1) THEN 'exchange' ELSE '' END
"""


async def show_one(
    visit: Visit, *, booking_id: UUID, refusal: Refusal | None = None, form: DeedForm | None = None
) -> Response[str]:
    """The booking's page. Raises NoSuchBooking."""
    actor, now = visit.actor, visit.now
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        history = await history_for(tx, actor=actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=now)
        whole = await tx.fetchval(WHOLE, booking.part_of)
        cost = await cost_of(tx, actor=actor, booking=booking)
        granted = await grant_about(tx, actor=actor, subject_kind=KIND, subject_id=booking_id)
        paying = await paying_of(tx, visit, booking, cost)
        goes = await going_back(tx, booking_id=booking_id, now=now)
        drawn = await drawn_by(tx, booking=booking)
        # To a series one answers as a whole.
        answers = await answers_of(tx, uid=str(booking.id), account_ids=[booking.account_id])
    return page(
        visit.request,
        "bookings/one.html",
        whole=whole,
        cost=cost,
        granted=granted,
        paying=paying,
        goes=goes,
        drawn=drawn,
        answer=answers.get(booking.account_id, ""),
        unanswered=booking.reason == UNANSWERED,
        status=status_of(refusal) if refusal else 200,
        booking=booking,
        incubator=incubator,
        now=now,
        deeds=deeds_of(history, booking=booking, reader=actor),
        own=is_holder(actor, booking),
        desk=at_desk(actor, booking),
        can=offered(actor, booking, now=now, by_steps=goes is not None and bool(goes.steps)),
        problem=said(visit.request, refusal) if refusal else "",
        reason=form.reason if form else "",
        back=desk_address(form.back) if form else "",
    )


handlers = [show_booking, cancel_booking, check_in_booking, mark_no_show, complete_booking]
