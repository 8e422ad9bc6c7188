"""What a booking would cost at another time, beside what it costs: said before it is moved."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.cancel import at_desk
from incubator.bookings.charge import LATEST, price_of
from incubator.bookings.credit_use import credit_use
from incubator.bookings.drawn_there import DrawnThere, drawn_there
from incubator.bookings.may_move import GIVEN, state_after
from incubator.bookings.move_in_time import keeps_a_part
from incubator.bookings.pay_first import missing_first
from incubator.bookings.quote_anew import LEFT_BEHIND
from incubator.bookings.reschedule import elsewhere
from incubator.bookings.rules import credit_draw
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.credits.draw import would_draw
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book
from incubator.pricing.keep_quote import kept_quote
from incubator.pricing.views import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """An extra that is not offered where the booking would be."""

    id: UUID
    name_pl: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePrice:
    """What it costs now, and what it would; None where nothing is charged. `more` is to be paid besides, with the
    deposit; below nothing it goes back. `paid_first` is what of that would have to be paid before, for which
    the move is refused. `uncovered` says that it is drawn from a credit now, and would not be
    then; `drawn` how much it takes of what was granted."""

    before: Quote | None
    after: Quote | None
    more: int
    paid_first: int = 0
    uncovered: bool = False
    drawn: DrawnThere | None = None
    left_behind: tuple[LeftBehind, ...] = ()


async def price_of_move(
    tx: Tx, *, actor: Actor, booking: BookingView, period: Period, space_id: UUID | None = None, now: datetime
) -> MovePrice:
    """Whether the time can be had is not asked. Raises NoSuchSpace, TooLongToPrice."""
    space = await space_to_book(tx, space_id=space_id or booking.space_id, span=period)
    moved = elsewhere(booking, space=space, period=period, now=now)
    credit_id = await _credit_there(tx, actor, booking, moved, space, now)
    moved = replace(moved, credit_id=credit_id)
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    before = await kept_quote(tx, quote_id=kept) if kept is not None else None
    if booking.state == State.HELD:
        before = await price_of(tx, booking=booking, moved=True)
    if (booking.period, booking.space_id) == (period, space.id):
        return MovePrice(before=before, after=before, more=0)
    after = await price_of(tx, booking=moved, moved=True)
    rows = await tx.fetch(LEFT_BEHIND, booking.id, space.incubator_id)
    more = (after.due if after else 0) - (before.due if before else 0)
    left_behind = tuple(LeftBehind(**row) for row in rows)
    firm = state_after(actor=actor, booking=booking, space=space, period=period) in GIVEN
    first = 0
    if firm and not (booking.state in GIVEN and at_desk(actor, moved)):
        _, first = await missing_first(tx, moved=moved)
    uncovered = booking.credit_id is not None and moved.credit_id is None
    return MovePrice(
        before=before,
        after=after,
        more=more,
        paid_first=first,
        uncovered=uncovered,
        drawn=await drawn_there(tx, booking=booking, moved=moved),
        left_behind=left_behind,
    )


async def _credit_there(
    tx: Tx, actor: Actor, booking: BookingView, moved: BookingView, space: SpaceToBook, now: datetime
) -> UUID | None:
    """What it will be drawn from, as `move` draws it: with what it draws now returned first."""
    drawn = credit_draw(moved.period, space_kind=space.kind)
    if drawn is None or moved.part_of is not None:
        return None
    if booking.credit_id is None and await keeps_a_part(tx, actor=actor, booking=booking, now=now):
        return None
    return await would_draw(
        tx,
        holder_id=moved.holder_id,
        kind=drawn[0],
        gmina_id=moved.gmina_id,
        period=moved.period,
        amount=drawn[1],
        returned=(booking.credit_id, await credit_use(tx, booking=booking)),
    )
