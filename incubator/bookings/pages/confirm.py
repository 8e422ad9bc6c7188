"""From a held time to a booking: say what it is for, confirm, done."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from incubator.bookings.cancel import cancel
from incubator.bookings.confirm import HoldLapsed, confirm
from incubator.bookings.pages.drawn import drawn_by
from incubator.bookings.pages.keeping import same_again
from incubator.bookings.pages.one import show_one
from incubator.bookings.pages.rows import of_space
from incubator.bookings.pages.space import show_refused
from incubator.bookings.queries import booking_for
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.people.actor import Actor
from incubator.people.guards import signed_in
from incubator.places.catalogue import incubator_by_id
from incubator.places.catalogue_spaces import space_by_id
from incubator.web.bodies import Body, OptionalLine, Paragraphs, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Asked = Request[Any, Any, Any]


class SayForm(Body, frozen=True):
    """What the booking is for. `agreed` is the tick at the terms."""

    title: OptionalLine = ""
    note: Paragraphs = ""
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    agreed: str = ""


class TermsNotRead(Invalid):
    """A booking in a house with terms, without the tick at them."""

    code = "terms_not_read"
    sentence = N_("Please read the terms of use and tick that you keep to them.")


@get("/bookings/{booking_id:uuid}/confirm", guards=[signed_in])
async def show_confirm(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    async with statement(db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        if booking.state != State.HELD:
            return Redirect(f"/bookings/{booking_id}", status_code=303)
        return await _ask(request, tx, booking, typed={}, now=now)


@post("/bookings/{booking_id:uuid}/confirm", guards=[signed_in], status_code=303)
async def confirm_booking(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    """Confirm it. Where the hold lapsed meanwhile, the space is shown with the same time chosen, or
    what is free instead of it, and what was typed is kept."""
    typed: dict[str, str] = {}
    try:
        form = await read_form(request, SayForm)
        typed = {name: str(value or "") for name, value in msgspec.structs.asdict(form).items()}
        await _terms_were_read(db, form, actor=actor, booking_id=booking_id, now=now)
        await attempt(
            db,
            lambda tx: confirm(
                tx,
                actor=actor,
                booking_id=booking_id,
                title=form.title,
                note=form.note,
                attendees=form.attendees,
                now=now,
            ),
        )
    except Refusal as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        async with statement(db) as tx:
            booking = await booking_for(tx, actor=actor, booking_id=booking_id)
            if booking.state == State.HELD:
                return await _ask(request, tx, booking, typed=typed, refusal=refusal, now=now)
        return await _moved_on(request, db, actor, booking, typed, refusal, now=now)
    return Redirect(f"/bookings/{booking_id}/done", status_code=303)


@post("/bookings/{booking_id:uuid}/give-up", guards=[signed_in], status_code=303)
async def give_up(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[Any]:
    """Let a held time go and choose another."""
    booking = await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=booking_id, now=now))
    return see_other(request, _again(booking), N_("The time is free again. Choose another one."), tone="note")


@get("/bookings/{booking_id:uuid}/done", guards=[signed_in])
async def show_done(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    booking_id: FromPath[UUID],
) -> Response[str]:
    async with statement(db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=booking.period.start)
    return page(request, "bookings/done.html", booking=booking, incubator=incubator, now=now)


async def _moved_on(
    request: Asked,
    db: Database,
    actor: Actor,
    booking: BookingView,
    typed: dict[str, str],
    refusal: Refusal,
    *,
    now: datetime,
) -> Response[Any]:
    """For a booking that is no longer held: it lapsed, or was confirmed in another window."""
    if booking.state != State.EXPIRED:
        return await show_one(request, db, actor=actor, booking_id=booking.id, now=now, refusal=refusal)
    async with statement(db) as tx:
        thing = of_space(await space_by_id(tx, space_id=booking.space_id))
    lapsed = HoldLapsed(booking.changed_at.isoformat())
    return await show_refused(request, db, thing, same_again(booking, typed), lapsed, now=now)


async def _terms_were_read(db: Database, form: SayForm, *, actor: Actor, booking_id: UUID, now: datetime) -> None:
    """Raises TermsNotRead, where there are terms to read."""
    if form.agreed:
        return
    async with statement(db) as tx:
        booking = await booking_for(tx, actor=actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=now)
    if incubator.terms_pl or incubator.terms_en:
        raise TermsNotRead()


async def _ask(
    request: Asked,
    tx: Tx,
    booking: BookingView,
    *,
    typed: dict[str, str],
    now: datetime,
    refusal: Refusal | None = None,
) -> Response[str]:
    space = await space_by_id(tx, space_id=booking.space_id)
    return page(
        request,
        "bookings/confirm.html",
        status=status_of(refusal) if refusal else 200,
        booking=booking,
        space=space,
        drawn=await drawn_by(tx, booking=booking, space_kind=space.kind),
        incubator=await incubator_by_id(tx, incubator_id=booking.incubator_id, now=now),
        now=now,
        typed=typed,
        problem=said(request, refusal) if refusal else "",
    )


def _again(booking: BookingView) -> str:
    """The space's page on the same day."""
    return f"/incubators/{booking.incubator_slug}/{booking.space_slug}?date={next(booking.period.local_days())}"


handlers = [show_confirm, confirm_booking, give_up, show_done]
