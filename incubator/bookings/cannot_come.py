"""Call a booking off because the calendar of who booked it answered by mail that they cannot come.

Nobody is asked whether they are sure, so it costs them nothing: where calling off would, they are told, and decide on
the page that says how much.
"""

from datetime import datetime
from uuid import UUID

from incubator.bookings.booking_to_answer import booking_of_reader
from incubator.bookings.cancel import cancel, is_holder
from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.give_back_price import by_steps
from incubator.bookings.going_back import going_back_of
from incubator.bookings.queries import booking_for
from incubator.bookings.series import NoSuchSeries, Occurrence, SeriesView, series_for
from incubator.bookings.series_choice import Which, chosen
from incubator.bookings.series_rules import occurrences
from incubator.bookings.series_since import must_be_where_told
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.answer_link import reader_by_account


class CallingOffCosts(Conflict):
    """A part of the price would stay, or a credit be gone: that is not for a calendar to decide."""

    code = "calling_off_costs"
    sentence = N_("It was paid for, and not all of it would come back. So it stands until you cancel it yourself.")


class BookedByAnother(Conflict):
    """Somebody of the same organisation: one of them who cannot come does not speak for the others."""

    code = "booked_by_another"
    sentence = N_("Somebody else of your organisation booked it, and others may still come. So it stands.")


async def cannot_come(tx: Tx, *, booking_id: UUID, account_id: UUID, now: datetime) -> None:
    """The booking is cancelled, as if its reader had done it. Raises CallingOffCosts, BookedByAnother, and what
    `cancel` does."""
    actor, _ = await booking_of_reader(tx, booking_id=booking_id, account_id=account_id)
    # Locked before it is looked at: what is paid in this moment would cost something a moment later.
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    _must_be_own(actor, booking)
    await _must_be_free(tx, [booking], now)
    await cancel(tx, actor=actor, booking_id=booking_id, now=now)


async def cannot_come_to_series(
    tx: Tx, *, series_id: UUID, account_id: UUID, at: datetime | None, and_following: bool, sequence: int, now: datetime
) -> None:
    """The date that was to begin `at` by the rule of the series, that and the following ones, or all. `sequence` is that
    of the invitation which is answered: what became of other dates since is no matter. Raises MovedSince,
    CallingOffCosts, BookedByAnother, NoSuchSeries, and what `cancel_series` does."""
    actor, _ = await series_of_reader(tx, series_id=series_id, account_id=account_id)
    series = await series_for(tx, actor=actor, series_id=series_id, lock=True)
    _must_be_own(actor, series)
    which = Which.ALL if at is None else Which.FOLLOWING if and_following else Which.THIS
    occurrence = _occurrence(series, at)
    dates = chosen(series, which=which, occurrence=occurrence, now=now)
    bookings = [await _locked(tx, actor, one) for one in dates]
    await must_be_where_told(tx, series_id=series_id, booking_ids=[each.id for each in bookings], sequence=sequence)
    await _must_be_free(tx, bookings, now)
    await cancel_series(tx, actor=actor, series_id=series_id, which=which, occurrence=occurrence, now=now)


async def series_of_reader(tx: Tx, *, series_id: UUID, account_id: UUID) -> tuple[Actor, SeriesView]:
    """Raises NoSuchSeries where they are gone, or it is theirs no more."""
    actor = await reader_by_account(tx, account_id=account_id, gone=NoSuchSeries)
    series = await series_for(tx, actor=actor, series_id=series_id)
    if not is_holder(actor, series):
        raise NoSuchSeries()
    return actor, series


def _must_be_own(actor: Actor, booked: BookingView | SeriesView) -> None:
    if booked.account_id != actor.account_id:
        raise BookedByAnother()


async def _must_be_free(tx: Tx, bookings: list[BookingView], now: datetime) -> None:
    """Raises CallingOffCosts."""
    paid = await going_back_of(tx, booking_ids=[each.id for each in bookings], now=now)
    if any(each.stays for each in paid.values()):
        raise CallingOffCosts()
    for booking in bookings:
        if booking.id in paid and not (await by_steps(tx, booking=booking, now=now)).credit:
            raise CallingOffCosts()


def _occurrence(series: SeriesView, at: datetime | None) -> int | None:
    """The number of the date that begins then by the rule; zero is none."""
    if at is None:
        return None
    starts = [period.start for period in occurrences(series.pattern)]
    return starts.index(at) + 1 if at in starts else 0


async def _locked(tx: Tx, actor: Actor, one: Occurrence) -> BookingView:
    assert one.booking_id is not None, "only booked dates are chosen"
    return await booking_for(tx, actor=actor, booking_id=one.booking_id, lock=True)
