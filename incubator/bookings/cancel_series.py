"""Cancel dates of a series: this one, this and the following ones, or all that are to come."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.cancel import Refund, call_off
from incubator.bookings.change_series import CHANGED
from incubator.bookings.repeat import bump_series, note_series
from incubator.bookings.series import series_for
from incubator.bookings.series_choice import Which, chosen
from incubator.bookings.series_outcome import Kept, Outcome, kept
from incubator.bookings.tell_another import by_colleague, is_news
from incubator.bookings.tell_series import SeriesNews, tell_calendar_of_series, tell_series
from incubator.db.engine import Tx
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor


async def cancel_series(
    tx: Tx,
    *,
    actor: Actor,
    series_id: UUID,
    which: Which,
    occurrence: int | None = None,
    reason: str = "",
    refund: Refund = Refund.ALL,
    now: datetime,
) -> Outcome:
    """The series with the dates cancelled. A date whose cancellation window is over stays, and is
    named; of what is paid for, each date goes back by its own steps, and `refund` is the desk's choice for all. Where all do, or only one was meant, the refusal is raised: TooLateToCancel, ReasonNeeded.
    Raises NoSuchSeries, NoSuchOccurrence as well."""
    series = await series_for(tx, actor=actor, series_id=series_id, lock=True)
    dates = chosen(series, which=which, occurrence=occurrence, now=now)
    stayed: list[Kept] = []
    for one in dates:
        assert one.booking_id is not None, "only booked dates are chosen"
        try:
            async with tx.transaction():
                await call_off(tx, actor=actor, booking_id=one.booking_id, reason=reason, refund=refund, now=now)
        except Refusal as refusal:
            if len(stayed) + 1 == len(dates):
                raise
            stayed.append(kept(one, refusal))
    await tx.execute(CHANGED, series.id)
    await note_series(tx, verb="cancel_series", actor=actor, series_id=series.id, gmina_id=series.gmina_id, now=now)
    left = await series_for(tx, actor=actor, series_id=series.id)
    if await is_news(tx, actor=actor, of=left):
        what = SeriesNews.CALLED_OFF if by_colleague(actor, left) else SeriesNews.CANCELLED
        await tell_series(tx, series=left, what=what, now=now, reason=reason)
    elif left.account_id == actor.account_id:
        await tell_calendar_of_series(tx, series=left, what=SeriesNews.OWN_CANCELLED, now=now)
    await bump_series(tx, series=left)
    return Outcome(series=left, changed=len(dates) - len(stayed), kept=tuple(stayed))
