"""Which dates of a series could be had if it were booked now, and why the others could not.

It only spares people a surprise: nothing is held, and `repeat` asks the database again for each date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from incubator.bookings.charge import covered, quoted
from incubator.bookings.draft import Order, draft, wish_of
from incubator.bookings.offer import window
from incubator.bookings.pay_first import SeriesPaidFirst, may_ask_first
from incubator.bookings.place import QuotaSpent, SlotTaken
from incubator.bookings.placing_rows import limit_of
from incubator.bookings.rules import Wish, check, credit_draw, quota_draws
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.credits.queries import left_to_draw
from incubator.credits.views import LeftToDraw
from incubator.db.engine import Tx
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period
from incubator.occupancy.free import availability
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book
from incubator.pricing.quote_of import Wish as PriceWish
from incubator.pricing.same_extras import same_extras


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One date; `code` is that of the refusal it would meet, empty where it can be had. `drawn`: from what was
    granted or bought ahead. With those `extras` that its day's price list has."""

    period: Period
    code: str
    drawn: bool = False
    extras: tuple[UUID, ...] = ()


@dataclass(slots=True, kw_only=True)
class Outlook:
    """What the dates are judged by, one after the other: each that could be had takes its time and
    draws on what was granted, or else its minutes. `free` is None where a request does not have to be free;
    `limit` None where there is no quota. `asked_first` are those that have a price, and are paid first; `first_though_drawn`
    those that have one, of extras, even where the space is drawn. `extras` are what each is booked with."""

    space: SpaceToBook
    free: list[Period] | None
    limit: int | None
    drawn: dict[date, int]
    granted: list[LeftToDraw]
    asked_first: frozenset[Period] = frozenset()
    first_though_drawn: frozenset[Period] = frozenset()
    extras: dict[Period, tuple[UUID, ...]] = field(default_factory=dict)
    last: Period | None = None

    def admit(self, period: Period) -> bool:
        """Whether it is drawn from what was granted. Raises SlotTaken, QuotaSpent, SeriesPaidFirst."""
        runs_into_last = self.last is not None and self.last.extended(self.space.turnaround).overlaps(period)
        if self.free is not None and (runs_into_last or not any(one.contains(period) for one in self.free)):
            raise SlotTaken(self.space.id, period)
        _, amount = credit_draw(period, space_kind=self.space.kind) or ("", 0)
        # From the first that is good for all of it and has enough left.
        fits = (turn for turn, one in enumerate(self.granted) if one.amount >= amount and one.valid.contains(period))
        turn = next(fits, None)
        if period in (self.asked_first if turn is None else self.first_though_drawn):
            raise SeriesPaidFirst()
        if turn is not None:
            self.granted[turn] = replace(self.granted[turn], amount=self.granted[turn].amount - amount)
        elif self.limit is not None:
            self._draw(period, self.limit, self.space.quota_unit or "week")
        self.last = period
        return turn is not None

    def _draw(self, period: Period, limit: int, unit: str) -> None:
        after = {starts: self.drawn.get(starts, 0) + minutes for starts, minutes in quota_draws(period, unit=unit)}
        if max(after.values()) > limit:
            raise QuotaSpent(limit, unit)
        self.drawn.update(after)


async def foresee(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    periods: Sequence[Period],
    organisation_id: UUID | None = None,
    attendees: int | None = None,
    extras: tuple[UUID, ...] = (),
    full_price: bool = False,
    now: datetime,
) -> list[Foreseen]:
    """What would become of each date, in order. Raises NotAMember, NoSuchSpace."""
    space = await space_to_book(tx, space_id=space_id, span=periods[0])
    wish = wish_of(
        actor=actor, space=space, organisation_id=organisation_id, period=periods[0], attendees=attendees, now=now
    )
    order = Order(
        space_id=space.id,
        period=periods[0],
        organisation_id=organisation_id,
        attendees=attendees,
        outright=True,
        full_price=full_price,
    )
    sample = draft(actor=actor, space=space, order=order, now=now)
    with_extras = {one: await same_extras(tx, extras=extras, space_id=space.id, day=_day(one)) for one in periods}
    whole, drawn = await _asked_first(tx, actor, sample, order, with_extras)
    space, free = await _times(tx, space, periods, now)
    outlook = Outlook(
        space=space,
        free=free if sample.state != State.AWAITING_APPROVAL or space.pending_blocks else None,
        limit=limit_of(space, sample) if space.quota_unit else None,
        drawn=await _drawn(tx, sample),
        granted=await _granted(tx, sample, space),
        asked_first=whole,
        first_though_drawn=drawn,
        extras=with_extras,
    )
    return [_judged(replace(wish, period=period), outlook) for period in periods]


def _judged(wish: Wish, outlook: Outlook) -> Foreseen:
    try:
        check(wish, outlook.space)
        drawn = outlook.admit(wish.period)
        return Foreseen(period=wish.period, code="", drawn=drawn, extras=outlook.extras[wish.period])
    except Refusal as refusal:
        return Foreseen(period=wish.period, code=refusal.code)


async def _times(
    tx: Tx, space: SpaceToBook, periods: Sequence[Period], now: datetime
) -> tuple[SpaceToBook, list[Period]]:
    """The space with its hours over all the dates that may be booked, and when it is free in them."""
    earliest, latest = window(space, now=now)
    near = [period for period in periods if period.end > earliest and period.start < latest]
    if not near:
        return replace(space, open=()), []
    span = Period(near[0].start, max(period.end for period in near))
    (times,) = await availability(tx, space_ids=[space.id], span=span, now=now)
    opening = tuple(Period(start, end) for start, end in times.open)
    return replace(space, open=opening), [Period(start, end) for start, end in times.free]


async def _asked_first(
    tx: Tx, actor: Actor, sample: BookingView, order: Order, with_extras: dict[Period, tuple[UUID, ...]]
) -> tuple[frozenset[Period], frozenset[Period]]:
    """Which are paid first, and which even where the space is drawn. Not what waits for an answer, nor the house's own
    use."""
    of_the_house = sample.organisation_id is None and sample.gmina_id in actor.coordinates
    if sample.state == State.AWAITING_APPROVAL or of_the_house:
        return frozenset(), frozenset()
    due = {one: await _due_first(tx, sample, order, one, extras) for one, extras in with_extras.items()}
    whole = frozenset(one for one, (all_of_it, _) in due.items() if all_of_it)
    return whole, frozenset(one for one, (_, though_drawn) in due.items() if though_drawn)


async def _due_first(
    tx: Tx, sample: BookingView, order: Order, period: Period, extras: tuple[UUID, ...]
) -> tuple[int, int]:
    """What is due before it is had, and what of that where the space is drawn."""
    space_id, organisation_id = sample.space_id, sample.organisation_id
    if not await may_ask_first(tx, space_id=space_id, begins=period.start, organisation_id=organisation_id):
        return 0, 0
    wish = PriceWish(period=period, people=sample.attendees or 1, extras=extras)
    made = await quoted(tx, booking=sample, wish=wish, full_price=order.full_price)
    return (made.due, covered(made, bought=True).due) if made.list_id is not None else (0, 0)


def _day(period: Period) -> date:
    return period.start.astimezone(WARSAW).date()


async def _granted(tx: Tx, sample: BookingView, space: SpaceToBook) -> list[LeftToDraw]:
    """What the holder has to draw on for such a space."""
    drawn = credit_draw(sample.period, space_kind=space.kind)
    if drawn is None:
        return []
    return await left_to_draw(tx, holder_id=sample.holder_id, kind=drawn[0], gmina_id=space.gmina_id)


async def _drawn(tx: Tx, sample: BookingView) -> dict[date, int]:
    """The minutes that the holder has booked under the quota, by the week's or month's first day."""
    rows = await tx.fetch(
        "SELECT starts, minutes FROM quota_use WHERE quota_id = $1 AND holder_id = $2",
        sample.quota_id,
        sample.holder_id,
    )
    return {row["starts"]: row["minutes"] for row in rows}
