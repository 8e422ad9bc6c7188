"""Make a series of a booking that stands: it becomes the first of the dates."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.bookings.ask_for_series import ask_for_series
from incubator.bookings.cancel import is_holder, must_stand_alone
from incubator.bookings.charge import chosen_with
from incubator.bookings.draft import wish_of
from incubator.bookings.queries import booking_for
from incubator.bookings.repeat import Said, book_dates, make_series, note_series
from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_rules import Pattern, occurrences
from incubator.bookings.settle import WrongState, note
from incubator.bookings.states import State
from incubator.bookings.tell_joined import tell_joined
from incubator.bookings.tell_series import SeriesNews, tell_series
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW, Period
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.places.queries import space_to_book

REPEATABLE = frozenset({State.AWAITING_APPROVAL, State.CONFIRMED, State.CHECKED_IN})


class AlreadyInSeries(Conflict):
    """The booking is a date of a series; that can be changed, and another one made beside it."""

    code = "already_in_series"
    sentence = N_("This booking is already part of a series.")


class NothingToRepeat(Invalid):
    """A pattern with the booking itself as its only date."""

    code = "nothing_to_repeat"
    sentence = N_("There is no other date than the booking that you have. Choose a later end.")


JOIN = """
UPDATE booking SET series_id = $2, occurrence = 1, changed_at = $3, sequence = sequence + 1 WHERE id = $1
"""


async def repeat_booking(
    tx: Tx,
    *,
    actor: Actor,
    booking_id: UUID,
    every_weeks: int = 1,
    weekdays: tuple[int, ...] = (),
    until_day: date | None = None,
    count: int | None = None,
    extras: bool = True,
    now: datetime,
) -> SeriesView:
    """The series that begins with the booking, at its time on the clock, on its weekday and on those
    named besides; `count` counts it, too. The other dates are booked as `repeat` books them, with its
    `extras` or without.

    The booking becomes occurrence 1 and keeps its time, its state and what it drew from the quota:
    nothing of it is taken again, so the series can neither run into it nor count it twice; and what
    is changed or cancelled for "all" takes it along, as people expect of "every Tuesday".

    Raises AlreadyInSeries, NothingToRepeat, NoDateCanBeHad, the one refusal that all other dates met,
    NotYours, NotAMember, WrongState, NoSuchBooking, NoSuchSpace and what the pattern raises; then the
    transaction has to be rolled back.
    """
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    must_be_repeatable(actor, booking)
    pattern, later = dates_after(booking, every_weeks=every_weeks, weekdays=weekdays, until_day=until_day, count=count)
    space = await space_to_book(tx, space_id=booking.space_id, span=later[0])
    said = await said_of(tx, booking=booking, extras=extras)
    wish_of(actor=actor, space=space, organisation_id=said.organisation_id, period=later[0], now=now)
    series_id = await make_series(tx, actor=actor, space=space, pattern=pattern, said=said, now=now)
    await book_dates(
        tx, actor=actor, space_id=space.id, series_id=series_id, dates=enumerate(later, start=2), said=said, now=now
    )
    await _join(tx, actor=actor, booking=booking, series_id=series_id, now=now)
    made = await series_for(tx, actor=actor, series_id=series_id)
    joined = await booking_for(tx, actor=actor, booking_id=booking_id)
    await tell_joined(tx, booking=joined, pattern=pattern, now=now)
    await tell_series(tx, series=made, what=SeriesNews.BOOKED, now=now)
    await ask_for_series(tx, series_id=series_id, now=now)
    return made


async def said_of(tx: Tx, *, booking: BookingView, extras: bool) -> Said:
    """Who wants no aid for this date wants none for the others."""
    chosen = await chosen_with(tx, booking_id=booking.id)
    return Said(
        organisation_id=booking.organisation_id,
        title=booking.title,
        note=booking.note,
        attendees=booking.attendees,
        extras=chosen.extras if extras else (),
        full_price=chosen.full_price,
    )


def must_be_repeatable(actor: Actor, booking: BookingView) -> None:
    """Raises NotYours, PartOfAnother, AlreadyInSeries, WrongState."""
    if not is_holder(actor, booking):
        raise NotYours()
    must_stand_alone(booking)
    if booking.series_id is not None:
        raise AlreadyInSeries()
    if booking.state not in REPEATABLE:
        raise WrongState(booking.state.value)


def dates_after(
    booking: BookingView, *, every_weeks: int, weekdays: tuple[int, ...], until_day: date | None, count: int | None
) -> tuple[Pattern, list[Period]]:
    """The pattern that begins with the booking, and the dates after it. Raises NothingToRepeat and
    what the pattern raises."""
    start, minutes = on_the_clock(booking.period)
    pattern = Pattern(
        first_day=start.date(),
        weekdays=tuple(sorted({start.isoweekday(), *weekdays})),
        start_minute=start.hour * 60 + start.minute,
        length_minutes=minutes,
        every_weeks=every_weeks,
        until_day=until_day,
        count=count,
    )
    later = occurrences(pattern)[1:]
    if not later:
        raise NothingToRepeat()
    return pattern, later


def on_the_clock(period: Period) -> tuple[datetime, int]:
    """When it starts on the clock in Warsaw, and the minutes that the clock shows to its end. In an
    October night that can be none or less, though time passed: then its length counts."""
    start, end = period.start.astimezone(WARSAW), period.end.astimezone(WARSAW)
    minutes = (end.replace(tzinfo=None) - start.replace(tzinfo=None)) // timedelta(minutes=1)
    return start, minutes if minutes > 0 else period.minutes


async def _join(tx: Tx, *, actor: Actor, booking: BookingView, series_id: UUID, now: datetime) -> None:
    """The booking becomes occurrence 1. Last, for versions are locked after everything else."""
    await tx.execute(JOIN, booking.id, series_id, now)
    joined = replace(booking, series_id=series_id, occurrence=1, changed_at=now, sequence=booking.sequence + 1)
    await note_series(tx, verb="repeat", actor=actor, series_id=series_id, gmina_id=booking.gmina_id, now=now)
    await note(tx, verb="repeat", before=booking, after=joined, actor_id=actor.account_id, now=now)
    await bump(tx, [actor.account_id], [booking.told_as, series_id])
