"""What goes back of the dates of a series that would be called off now, each by its own steps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.cancel import at_desk
from incubator.bookings.going_back import GoingBack, going_back_of
from incubator.bookings.series import Occurrence, SeriesView
from incubator.bookings.series_choice import Which, chosen
from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class DateGoingBack:
    """One date that is paid for. `counts` where who asks may call it off now; else it stays."""

    date: Occurrence
    goes: GoingBack
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesGoingBack:
    """The dates that are meant and paid for, and the sums of those that can be called off, in grosz with tax."""

    dates: tuple[DateGoingBack, ...]

    @property
    def price(self) -> int:
        return sum(one.goes.price for one in self.dates if one.counts)

    @property
    def back(self) -> int:
        return sum(one.goes.back for one in self.dates if one.counts)

    @property
    def deposit(self) -> int:
        return sum(one.goes.deposit for one in self.dates if one.counts)

    @property
    def has_steps(self) -> bool:
        return any(one.goes.steps for one in self.dates)


async def going_back_series(
    tx: Tx, *, actor: Actor, series: SeriesView, which: Which, occurrence: int | None, now: datetime
) -> SeriesGoingBack:
    """Raises NoSuchOccurrence."""
    dates = {one.booking_id: one for one in chosen(series, which=which, occurrence=occurrence, now=now)}
    keys: list[UUID] = [key for key in dates if key is not None]
    found = await going_back_of(tx, booking_ids=keys, now=now)
    desk = at_desk(actor, series)
    priced = [(dates[key], found[key]) for key in keys if key in found]
    return SeriesGoingBack(
        dates=tuple(DateGoingBack(date=date, goes=goes, counts=desk or goes.by_itself) for date, goes in priced)
    )
