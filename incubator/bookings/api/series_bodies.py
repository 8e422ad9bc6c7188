"""What is said of series in JSON: the requests."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.bookings.api.shapes import Extras
from incubator.bookings.cancel import Refund
from incubator.bookings.clock import Clock, minute_of
from incubator.bookings.series_outcome import Change
from incubator.bookings.series_rules import Pattern
from incubator.web.bodies import Body, OptionalLine, Paragraphs

Weekdays = Annotated[list[int], Meta(max_length=7, description="1 is Monday, 7 is Sunday.")]
LengthMinutes = Annotated[int, Meta(ge=1, le=527_040)]
Which = Literal["this", "following", "all"]


class NewPattern(Body, frozen=True):
    """Every `every_weeks` weeks on `weekdays` from `first_day` on, at the same time on the clock all
    year; up to the day `until`, or `count` times: one of the two."""

    space_id: UUID
    first_day: date
    weekdays: Weekdays
    start: Clock
    length_minutes: LengthMinutes
    every_weeks: int = 1
    until: date | None = None
    count: int | None = None
    organisation_id: UUID | None = None
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None

    def pattern(self) -> Pattern:
        return Pattern(
            first_day=self.first_day,
            weekdays=tuple(self.weekdays),
            start_minute=minute_of(self.start),
            length_minutes=self.length_minutes,
            every_weeks=self.every_weeks,
            until_day=self.until,
            count=self.count,
        )


class NewSeries(NewPattern, frozen=True):
    """A pattern to book, and what is said of each of its dates. `extras` are those of the price list of the first date;
    each date has the ones that its day's list has. With `full_price` no lower price is asked for, and so no de minimis
    aid."""

    title: OptionalLine = ""
    note: Paragraphs = ""
    extras: Extras = ()
    full_price: bool = False


class Rhythm(Body, frozen=True):
    """How a booking repeats: at its own time, on its own weekday and on those named besides. `count`
    counts the booking, too. Each date has the `extras` of the booking that its day's price list has, unless told
    otherwise."""

    weekdays: Weekdays = []
    every_weeks: int = 1
    until: date | None = None
    count: int | None = None
    extras: bool = True


class SeriesChange(Body, frozen=True):
    """What is to be different, and for which dates: only `occurrence`, it and those after it, or all
    that are to come. What is left out stays."""

    which: Which
    occurrence: int | None = None
    start: Clock | None = None
    length_minutes: LengthMinutes | None = None
    title: OptionalLine | None = None
    space_id: UUID | None = None

    def change(self) -> Change:
        return Change(
            start_minute=None if self.start is None else minute_of(self.start),
            length_minutes=self.length_minutes,
            title=self.title,
            space_id=self.space_id,
        )


class SeriesCancellation(Body, frozen=True):
    """Which dates are not needed any more; a coordinator says why, and with `refund` what goes back of each price."""

    which: Which
    occurrence: int | None = None
    reason: OptionalLine = ""
    refund: Refund = Refund.ALL
