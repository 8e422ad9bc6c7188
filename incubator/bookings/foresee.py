"""Which dates of a series could be had if it were booked now, and why the others could not.

It only spares people a surprise: nothing is held, and `repeat` asks the database again for each date.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

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
from incubator.kernel.period import Period
from incubator.occupancy.free import availability
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book
from incubator.pricing.quote import quote
from incubator.pricing.quote_of import Wish as PriceWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One date; `code` is that of the refusal it would meet, empty where it can be had."""

    period: Period
    code: str


@dataclass(slots=True, kw_only=True)
class Outlook:
    """What the dates are judged by, one after the other: each that could be had takes its time and
    draws on what was granted, or else its minutes. `free` is None where a request does not have to be free;
    `limit` None where there is no quota. `asked_first` are those that have a price, and are paid first."""

    space: SpaceToBook
    free: list[Period] | None
    limit: int | None
    drawn: dict[date, int]
    granted: list[LeftToDraw]
    asked_first: frozenset[Period] = frozenset()
    last: Period | None = None

    def admit(self, period: Period) -> None:
        """Raises SlotTaken, QuotaSpent, SeriesPaidFirst."""
        runs_into_last = self.last is not None and self.last.extended(self.space.turnaround).overlaps(period)
        if self.free is not None and (runs_into_last or not any(one.contains(period) for one in self.free)):
            raise SlotTaken(self.space.id, period)
        if not self._draws_credit(period):
            if period in self.asked_first:
                raise SeriesPaidFirst()
            if self.limit is not None:
                self._draw(period, self.limit, self.space.quota_unit or "week")
        self.last = period

    def _draws_credit(self, period: Period) -> bool:
        """From the first that is good for all of it and has enough left."""
        _, amount = credit_draw(period, space_kind=self.space.kind) or ("", 0)
        for turn, one in enumerate(self.granted):
            if one.amount >= amount and one.valid.contains(period):
                self.granted[turn] = replace(one, amount=one.amount - amount)
                return True
        return False

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
    now: datetime,
) -> list[Foreseen]:
    """What would become of each date, in order. Raises NotAMember, NoSuchSpace."""
    space = await space_to_book(tx, space_id=space_id, span=periods[0])
    wish = wish_of(
        actor=actor, space=space, organisation_id=organisation_id, period=periods[0], attendees=attendees, now=now
    )
    order = Order(space_id=space.id, period=periods[0], organisation_id=organisation_id, outright=True)
    sample = draft(actor=actor, space=space, order=order, now=now)
    space, free = await _times(tx, space, periods, now)
    outlook = Outlook(
        space=space,
        free=free if sample.state != State.AWAITING_APPROVAL or space.pending_blocks else None,
        limit=limit_of(space, sample) if space.quota_unit else None,
        drawn=await _drawn(tx, sample),
        granted=await _granted(tx, sample, space),
        asked_first=await _asked_first(tx, actor, sample, periods),
    )
    return [Foreseen(period=period, code=_judged(replace(wish, period=period), outlook)) for period in periods]


def _judged(wish: Wish, outlook: Outlook) -> str:
    try:
        check(wish, outlook.space)
        outlook.admit(wish.period)
    except Refusal as refusal:
        return refusal.code
    return ""


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


async def _asked_first(tx: Tx, actor: Actor, sample: BookingView, periods: Sequence[Period]) -> frozenset[Period]:
    """Not what waits for an answer, nor the house's own use."""
    of_the_house = sample.organisation_id is None and sample.gmina_id in actor.coordinates
    if sample.state == State.AWAITING_APPROVAL or of_the_house:
        return frozenset()
    return frozenset([period for period in periods if await _is_asked_first(tx, sample, period)])


async def _is_asked_first(tx: Tx, sample: BookingView, period: Period) -> bool:
    space_id, organisation_id = sample.space_id, sample.organisation_id
    if not await may_ask_first(tx, space_id=space_id, begins=period.start, organisation_id=organisation_id):
        return False
    wish = PriceWish(period=period, people=sample.attendees or 1)
    account_id = sample.account_id
    made = await quote(tx, space_id=space_id, wish=wish, account_id=account_id, organisation_id=organisation_id)
    return made.list_id is not None and made.due > 0


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
