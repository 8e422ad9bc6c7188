"""Change the time of a booking, or its room: move it to another start or space, or make it longer or shorter."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.cancel import is_holder
from incubator.bookings.may_move import NotPaidYet
from incubator.bookings.other_rooms import other_rooms
from incubator.bookings.pages.offered import offered
from incubator.bookings.pages.one import show_one
from incubator.bookings.pages.picking import PickForm, choices, picked
from incubator.bookings.pages.rows import of_space
from incubator.bookings.pages.wishes import MOMENT, read_day, read_moment
from incubator.bookings.price_of_move import MovePrice, price_of_move
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.period import WARSAW, Period
from incubator.people.actor import Actor
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_id
from incubator.web.bodies import read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class MoveForm(PickForm, frozen=True):
    """With `look` it is only to say what the time costs. `space_id` is another room than it has."""

    look: str = ""
    space_id: UUID | None = None


Asked = Request[Any, Any, Any]
SETTLED = N_("The time of this booking can no longer be changed.")


@get("/bookings/{booking_id:uuid}/move", guards=[signed_in])
async def show_move(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """`?date=` looks at another day, `?space_id=` at another room, where `?start=` and `?end=` may be chosen already."""
    request, actor, now = visit.request, visit.actor, visit.now
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        if not _changeable(actor, booking, now=now):
            unpaid = booking.state == State.AWAITING_PAYMENT
            sentence = NotPaidYet.sentence if unpaid else SETTLED
            return see_other(request, f"/bookings/{booking_id}", sentence, tone="wait")
        asked = request.query_params
        day = read_day(asked["date"], now=now) if asked.get("date") else first_day(booking)
        start, end = read_moment(asked.get("start")), read_moment(asked.get("end"))
        space_id = _key(asked.get("space_id"))
        return await _show(request, tx, actor, booking, space_id, day=day, start=start, end=end, now=now)


@post("/bookings/{booking_id:uuid}/move", guards=[signed_in], status_code=303)
async def move_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """The same start with another end is an extension, which may be made while the booking lasts."""
    request, db, actor, now = visit.request, visit.db, visit.actor, visit.now
    form = await read_form(request, MoveForm)
    async with statement(db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        start, end = read_moment(form.start), read_moment(form.end)
        if form.look:
            day = read_day(form.date, now=now)
            return await _show(request, tx, actor, booking, form.space_id, day=day, start=start, end=end, now=now)

    async def act(tx: Tx) -> BookingView:
        period, space_id = picked(start, end), form.space_id
        if period.start == booking.period.start and space_id in (None, booking.space_id):
            return await extend(tx, actor=actor, booking_id=booking_id, end=period.end, now=now)
        return await reschedule(tx, actor=actor, booking_id=booking_id, period=period, space_id=space_id, now=now)

    try:
        moved = await attempt(db, act)
    except Refusal as refusal:
        if not _changeable(actor, booking, now=now):
            return await show_one(visit, booking_id=booking_id, refusal=refusal)
        async with statement(db) as tx:
            day = read_day(form.date, now=now)
            room = form.space_id
            return await _show(
                request, tx, actor, booking, room, day=day, start=start, end=end, now=now, refusal=refusal
            )
    asks_again = moved.state == State.AWAITING_APPROVAL != booking.state
    sentence = N_("Moved. It waits for approval again.") if asks_again else N_("The time is changed.")
    return see_other(request, f"/bookings/{booking_id}", sentence, tone="wait" if asks_again else "good")


async def _show(
    request: Asked,
    tx: Tx,
    actor: Actor,
    booking: BookingView,
    space_id: UUID | None,
    *,
    day: date,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
    refusal: Refusal | None = None,
) -> Response[str]:
    stays = "move" not in offered(actor, booking, now=now)
    space = await space_by_id(tx, space_id=booking.space_id if stays or space_id is None else space_id)
    elsewhere = space.id != booking.space_id
    same_day = day == first_day(booking)
    choice = await choices(
        tx,
        of_space(space),
        day=day,
        actor=None,
        now=now,
        start=start or (booking.period.start if same_day else None),
        end=end or (booking.period.end if same_day else None),
        instead_of=None if elsewhere else booking.period,
        stays=stays,
    )
    price = await _price(tx, actor, booking, space.id, choice.start, choice.end, now)
    wanted = Period(choice.start, choice.end) if choice.start and choice.end else booking.period
    rooms = () if stays else await other_rooms(tx, actor=actor, booking=booking, period=wanted, now=now)
    return page(
        request,
        "bookings/move.html",
        price=price,
        status=status_of(refusal) if refusal else 200,
        booking=booking,
        own=is_holder(actor, booking),
        choice=choice,
        moment=MOMENT,
        today=now.astimezone(WARSAW).date(),
        stays=stays,
        space=space,
        elsewhere=elsewhere,
        rooms=[one for one in rooms if one.id != space.id],
        wanted=wanted,
        problem=said(request, refusal) if refusal else "",
    )


@get("/bookings/{booking_id:uuid}/move/price", guards=[signed_in])
async def show_move_price(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[str]:
    """The part of the page that says what it costs from `?start=` to `?end=`, in another room with `?space_id=`."""
    asked = visit.request.query_params
    start, end = read_moment(asked.get("start")), read_moment(asked.get("end"))
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        space_id = _key(asked.get("space_id")) or booking.space_id
        price = await _price(tx, visit.actor, booking, space_id, start, end, visit.now)
    return page(visit.request, "bookings/move_price.html", price=price)


async def _price(
    tx: Tx,
    actor: Actor,
    booking: BookingView,
    space_id: UUID,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> MovePrice | None:
    """None where nothing is charged, or no time is chosen that there could be."""
    if start is None or end is None or end <= start:
        return None
    try:
        price = await price_of_move(
            tx, actor=actor, booking=booking, period=Period(start, end), space_id=space_id, now=now
        )
    except Refusal:
        return None
    return price if price.before or price.after or price.drawn else None


def _key(asked: str | None) -> UUID | None:
    try:
        return UUID(asked or "")
    except ValueError:
        return None


def _changeable(actor: Actor, booking: BookingView, *, now: datetime) -> bool:
    return not {"move", "extend"}.isdisjoint(offered(actor, booking, now=now))


def first_day(booking: BookingView) -> date:
    return next(booking.period.local_days())


handlers = [show_move, move_booking, show_move_price]
