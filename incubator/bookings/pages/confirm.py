"""From a held time to a booking: say what it is for, confirm, done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.aid.grant import DeclarationNeeded
from incubator.aid.queries import grant_about
from incubator.bookings.cancel import cancel, is_holder
from incubator.bookings.charge import KIND
from incubator.bookings.confirm import HoldLapsed, confirm
from incubator.bookings.cost import cost_of
from incubator.bookings.pages.confirm_price import SayForm, foreseen, said_in
from incubator.bookings.pages.drawn import drawn_by
from incubator.bookings.pages.keeping import same_again
from incubator.bookings.pages.one import show_one
from incubator.bookings.pages.paying import onward, paying_of
from incubator.bookings.pages.rows import of_space
from incubator.bookings.pages.space import show_refused
from incubator.bookings.pay_rules import PayBy
from incubator.bookings.queries import booking_for
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_id
from incubator.places.catalogue_spaces import space_by_id
from incubator.web.bodies import UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class TermsNotRead(Invalid):
    """A booking in a house with terms, without the tick at them."""

    code = "terms_not_read"
    sentence = N_("Please read the terms of use and tick that you keep to them.")


@get("/bookings/{booking_id:uuid}/confirm", guards=[signed_in])
async def show_confirm(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        if booking.state != State.HELD:
            return Redirect(f"/bookings/{booking_id}", status_code=303)
        return await ask(visit, tx, booking, typed={}, now=visit.now)


@post("/bookings/{booking_id:uuid}/confirm", guards=[signed_in], status_code=303)
async def confirm_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """Confirm it. Where the hold lapsed meanwhile, the space is shown with the same time chosen, or
    what is free instead of it, and what was typed is kept."""
    typed: dict[str, str] = {}
    chosen: list[UUID] | None = None
    try:
        form = await read_form(visit.request, SayForm, lists=("extras",))
        typed = said_in(form)
        chosen = form.extras
        await _terms_were_read(visit, form, booking_id=booking_id)
        pay_by = PayBy(form.pay_by) if form.pay_by else None
        booking = await visit.do(
            confirm,
            booking_id=booking_id,
            title=form.title,
            note=form.note,
            attendees=form.attendees,
            extras=form.extras,
            full_price=form.full_price == "yes",
            pay_by=pay_by,
        )
    except Refusal as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        async with statement(visit.db) as tx:
            booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
            if booking.state == State.HELD:
                return await ask(visit, tx, booking, typed=typed, chosen=chosen, refusal=refusal, now=visit.now)
        return await _moved_on(visit, booking, typed, refusal)
    return await onward(visit, booking, pay_by)


@post("/bookings/{booking_id:uuid}/confirm/price", guards=[signed_in], status_code=200)
async def show_price(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """What it comes to with what is ticked and typed: to a script the part that says so, else the page as it is.
    Nothing is kept."""
    scripted = visit.request.headers.get("hx-request") == "true"
    form = await read_form(visit.request, SayForm, lists=("extras",))
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        if booking.state != State.HELD:
            away = f"/bookings/{booking_id}"
            return Response("", headers={"HX-Redirect": away}) if scripted else Redirect(away, status_code=303)
        typed = said_in(form)
        if not scripted:
            return await ask(visit, tx, booking, typed=typed, chosen=form.extras, now=visit.now)
        told = await foreseen(tx, visit, booking, typed=typed, chosen=form.extras)
        space = await space_by_id(tx, space_id=booking.space_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=visit.now)
    return page(
        visit.request,
        "bookings/confirm_price_part.html",
        booking=booking,
        space=space,
        incubator=incubator,
        typed=typed,
        **told,
    )


@post("/bookings/{booking_id:uuid}/give-up", guards=[signed_in], status_code=303)
async def give_up(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Any]:
    """Let a held time go and choose another."""
    booking = await visit.do(cancel, booking_id=booking_id)
    return see_other(visit.request, _again(booking), N_("The time is free again. Choose another one."), tone="note")


@get("/bookings/{booking_id:uuid}/done", guards=[signed_in])
async def show_done(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[str]:
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=booking.period.start)
        cost = await cost_of(tx, actor=visit.actor, booking=booking)
        granted = await grant_about(tx, actor=visit.actor, subject_kind=KIND, subject_id=booking_id)
        paying = await paying_of(tx, visit, booking, cost)
        drawn = await drawn_by(tx, booking=booking)
    return page(
        visit.request,
        "bookings/done.html",
        booking=booking,
        incubator=incubator,
        cost=cost,
        granted=granted,
        paying=paying,
        drawn=drawn,
        own=is_holder(visit.actor, booking),
        now=visit.now,
    )


async def _moved_on(visit: Visit, booking: BookingView, typed: dict[str, str], refusal: Refusal) -> Response[Any]:
    """For a booking that is no longer held: it lapsed, or was confirmed in another window."""
    if booking.state != State.EXPIRED:
        return await show_one(visit, booking_id=booking.id, refusal=refusal)
    async with statement(visit.db) as tx:
        thing = of_space(await space_by_id(tx, space_id=booking.space_id))
    lapsed = HoldLapsed(booking.changed_at.isoformat())
    return await show_refused(visit.request, visit.db, thing, same_again(booking, typed), lapsed, now=visit.now)


async def _terms_were_read(visit: Visit, form: SayForm, *, booking_id: UUID) -> None:
    """Raises TermsNotRead, where there are terms to read."""
    if form.agreed:
        return
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        incubator = await incubator_by_id(tx, incubator_id=booking.incubator_id, now=visit.now)
    if incubator.terms_pl or incubator.terms_en:
        raise TermsNotRead()


async def ask(
    visit: Visit,
    tx: Tx,
    booking: BookingView,
    *,
    typed: dict[str, str],
    chosen: list[UUID] | None = None,
    now: datetime,
    refusal: Refusal | None = None,
) -> Response[str]:
    space = await space_by_id(tx, space_id=booking.space_id)
    return page(
        visit.request,
        "bookings/confirm.html",
        status=status_of(refusal) if refusal else 200,
        booking=booking,
        space=space,
        drawn=await drawn_by(tx, booking=booking),
        incubator=await incubator_by_id(tx, incubator_id=booking.incubator_id, now=now),
        **await foreseen(tx, visit, booking, typed=typed, chosen=chosen),
        chosen=chosen,
        now=now,
        typed=typed,
        problem=said(visit.request, refusal) if refusal else "",
        declare=isinstance(refusal, DeclarationNeeded),
    )


def _again(booking: BookingView) -> str:
    """The space's page on the same day."""
    return f"/incubators/{booking.incubator_slug}/{booking.space_slug}?date={next(booking.period.local_days())}"


handlers = [show_confirm, confirm_booking, show_price, give_up, show_done]
