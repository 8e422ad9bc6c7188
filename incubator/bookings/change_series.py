"""Change a series: this date, this and the following ones, or all that are still to come.

A date that cannot be had at its new time stays where it was and is named with the reason; nothing
that was booked is lost by a change. Dates that could not be had before are tried again.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from incubator.bookings.ask_for_series import ask_for_series
from incubator.bookings.queries import booking_for
from incubator.bookings.repeat import Said, book_occurrence, bump_series, note_series, some_can_be_had
from incubator.bookings.reschedule import move
from incubator.bookings.retitle import retitle
from incubator.bookings.series import Occurrence, SeriesView, series_for
from incubator.bookings.series_choice import Which, chosen
from incubator.bookings.series_outcome import Change, Outcome, kept
from incubator.bookings.series_rules import days_of, period_on
from incubator.bookings.settle import parts_of
from incubator.bookings.split_series import split_series
from incubator.bookings.tell_another import tell_moved
from incubator.bookings.tell_series import SeriesNews, tell_calendar_of_series, tell_series
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.people.actor import Actor, actor_by_account

PATTERN = """
UPDATE series SET start_minute = $2, length_minutes = $3, title = $4, space_id = space.id,
    gmina_id = incubator.gmina_id, version = series.version + 1
FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE series.id = $1 AND space.id = $5
"""
CHANGED = "UPDATE series SET version = version + 1 WHERE id = $1"
HAD_AFTER_ALL = "DELETE FROM series_skip WHERE series_id = $1 AND occurrence = $2"


async def change_series(
    tx: Tx,
    *,
    actor: Actor,
    series_id: UUID,
    which: Which,
    occurrence: int | None = None,
    change: Change,
    now: datetime,
) -> Outcome:
    """The series with the change made; "this and following" becomes a series of its own that
    continues the first.

    Raises NothingToChange, NoSuchSeries, NoSuchOccurrence and what the pattern raises; where no date
    could be changed what moving a booking raises, or NoDateCanBeHad. Then the transaction has to be
    rolled back.
    """
    change.must_say_something()
    series = await series_for(tx, actor=actor, series_id=series_id, lock=True)
    dates = chosen(series, which=which, occurrence=occurrence, now=now)
    if which == Which.THIS:
        return await _change_only(tx, actor, series, dates[0], change, now)
    if which == Which.FOLLOWING and occurrence is not None:
        # Where it was asked for, even if that date was skipped: it is tried again as one of the following.
        before, series = series, await split_series(tx, actor=actor, series=series, occurrence=occurrence, now=now)
        dates = chosen(series, which=Which.ALL, occurrence=None, now=now)
        if before.id != series.id:
            before = await series_for(tx, actor=actor, series_id=before.id)
            await tell_calendar_of_series(tx, series=before, what=SeriesNews.SHORTENED, now=now)
    return await _change_many(tx, actor, series, dates, change, now)


async def _change_only(
    tx: Tx, actor: Actor, series: SeriesView, one: Occurrence, change: Change, now: datetime
) -> Outcome:
    """The pattern stays; a date that was moved by another is told of like any booking."""
    before = await _locked(tx, actor, one)
    changed = await _change_one(tx, actor, before, _period(series, one, change), change, now)
    await tell_moved(tx, actor=actor, before=before, after=changed, now=now)
    await tx.execute(CHANGED, series.id)
    await note_series(tx, verb="change_series", actor=actor, series_id=series.id, gmina_id=series.gmina_id, now=now)
    await bump_series(tx, series=series)
    return Outcome(series=await series_for(tx, actor=actor, series_id=series.id), changed=1, kept=())


async def _change_many(
    tx: Tx, actor: Actor, series: SeriesView, dates: list[Occurrence], change: Change, now: datetime
) -> Outcome:
    pattern = replace(
        series.pattern,
        start_minute=series.pattern.start_minute if change.start_minute is None else change.start_minute,
        length_minutes=series.pattern.length_minutes if change.length_minutes is None else change.length_minutes,
    )
    days_of(pattern)
    # Later first when the series moves to later, so that no date runs into the one after it.
    later = pattern.start_minute > series.pattern.start_minute or pattern.length_minutes > series.pattern.length_minutes
    in_turn = sorted(dates, key=lambda one: one.occurrence, reverse=later)
    refusals = [await _try_one(tx, actor, one, _period(series, one, change), change, now) for one in in_turn]
    some_can_be_had(refusals)
    stayed = [kept(one, refusal) for one, refusal in zip(in_turn, refusals, strict=True) if refusal is not None]
    title = series.title if change.title is None else change.title
    space_id = change.space_id or series.space_id
    await tx.execute(PATTERN, series.id, pattern.start_minute, pattern.length_minutes, title, space_id)
    if change.moves:
        await _try_skipped(tx, series, change, space_id, title, now)
    await ask_for_series(tx, series_id=series.id, now=now)
    await note_series(tx, verb="change_series", actor=actor, series_id=series.id, gmina_id=series.gmina_id, now=now)
    changed = await series_for(tx, actor=actor, series_id=series.id)
    await tell_series(tx, series=changed, what=SeriesNews.CHANGED, now=now)
    await bump_series(tx, series=changed)
    stayed.sort(key=lambda one: one.occurrence)
    return Outcome(series=changed, changed=len(dates) - len(stayed), kept=tuple(stayed))


async def _try_one(
    tx: Tx, actor: Actor, one: Occurrence, period: Period, change: Change, now: datetime
) -> Refusal | None:
    try:
        async with tx.transaction():
            await _change_one(tx, actor, await _locked(tx, actor, one), period, change, now, ask=False)
    except Refusal as refusal:
        return refusal
    return None


async def _locked(tx: Tx, actor: Actor, one: Occurrence) -> BookingView:
    assert one.booking_id is not None, "only booked dates are chosen"
    return await booking_for(tx, actor=actor, booking_id=one.booking_id, lock=True)


async def _change_one(
    tx: Tx, actor: Actor, booking: BookingView, period: Period, change: Change, now: datetime, *, ask: bool = True
) -> BookingView:
    if change.moves:
        booking = await move(
            tx, actor=actor, booking=booking, period=period, space_id=change.space_id, now=now, ask=ask
        )
    if change.title is not None:
        booking = await retitle(tx, actor=actor, booking_id=booking.id, title=change.title, now=now)
    return booking


# The latest date was booked as the series is; the first may have had more than the others.
AS_THE_LATEST = """
SELECT note, attendees, extras, full_price FROM booking WHERE series_id = $1 ORDER BY occurrence DESC LIMIT 1
"""


async def _try_skipped(tx: Tx, series: SeriesView, change: Change, space_id: UUID, title: str, now: datetime) -> None:
    """Perhaps they can be had now. In the holder's name, whoever makes the change."""
    holder = await actor_by_account(tx, account_id=series.account_id)
    if holder is None:
        return
    said = await _said(tx, series, title)
    for one in series.skipped(now):
        refusal = await book_occurrence(
            tx,
            actor=holder,
            space_id=space_id,
            series=(series.id, one.occurrence),
            period=_period(series, one, change),
            said=said,
            now=now,
        )
        if refusal is None:
            await tx.execute(HAD_AFTER_ALL, series.id, one.occurrence)
    await bump(tx, [*await parts_of(tx, space_id=space_id), series.account_id, series.organisation_id], [series.id])


async def _said(tx: Tx, series: SeriesView, title: str) -> Said:
    row = await tx.fetchrow(AS_THE_LATEST, series.id)
    assert row is not None, "some date of it was changed a moment ago"
    given = {**dict(row), "extras": tuple(row["extras"])}
    return Said(organisation_id=series.organisation_id, title=title, **given)


def _period(series: SeriesView, one: Occurrence, change: Change) -> Period:
    pattern = series.pattern
    return period_on(
        _day_of(series, one.occurrence),
        start_minute=pattern.start_minute if change.start_minute is None else change.start_minute,
        length_minutes=pattern.length_minutes if change.length_minutes is None else change.length_minutes,
    )


def _day_of(series: SeriesView, occurrence: int) -> date:
    """The day that the pattern gives to an occurrence, wherever its booking was moved."""
    return days_of(series.pattern)[occurrence - 1]
