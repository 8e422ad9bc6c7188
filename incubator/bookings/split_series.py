"""Part a series in two, so that what follows can go its own way."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.facts import facts
from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_rules import days_of
from incubator.bookings.settle import touched
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor

# Both keep the kind of end that the series had. $2 the new one, $3 its first occurrence, $4 its day.
CONTINUE = """
INSERT INTO series (id, space_id, account_id, organisation_id, gmina_id, title, first_day, every_weeks, weekdays,
    start_minute, length_minutes, until_day, count, continues_id, created_at, version)
SELECT $2, space_id, account_id, organisation_id, gmina_id, title, $4, every_weeks, weekdays, start_minute,
    length_minutes, until_day, count - $3::int + 1, id, $5, 1
FROM series WHERE id = $1
"""
# Its changes are counted with those of its dates (series_changes.py): the count does not go down with them.
SHORTEN = """
UPDATE series SET until_day = CASE WHEN until_day IS NOT NULL THEN $3::date - 1 END,
    count = CASE WHEN count IS NOT NULL THEN $2::int - 1 END,
    version = version + 1 + (SELECT coalesce(sum(sequence), 0) FROM booking WHERE series_id = $1 AND occurrence >= $2)
WHERE id = $1
"""
FOLLOWING = f"""
{VIEW} WHERE booking.series_id = $1 AND booking.occurrence >= $2 ORDER BY booking.id FOR UPDATE OF booking
"""
# Who read one before must not take it for what it is now. `changed_at` says when something became of
# a booking, and nothing did: one that was cancelled long ago would be told of once more.
MOVE_BOOKINGS = """
UPDATE booking SET series_id = $2, occurrence = occurrence - $3::int + 1, sequence = sequence + 1
WHERE series_id = $1 AND occurrence >= $3::int
"""
MOVE_SKIPS = """
UPDATE series_skip SET series_id = $2, occurrence = occurrence - $3::int + 1
WHERE series_id = $1 AND occurrence >= $3::int
"""


async def split_series(tx: Tx, *, actor: Actor, series: SeriesView, occurrence: int, now: datetime) -> SeriesView:
    """The series that begins with `occurrence`, counted from 1 again; it names the one it continues.
    Split at its first occurrence, a series is the whole of itself. The caller has it locked."""
    if occurrence == 1:
        return series
    new_id: UUID = uuid7()
    day = days_of(series.pattern)[occurrence - 1]
    await tx.execute(CONTINUE, series.id, new_id, occurrence, day, now)
    await tx.execute(SHORTEN, series.id, occurrence, day)
    moved = [view_of(row) for row in await tx.fetch(FOLLOWING, series.id, occurrence)]
    await tx.execute(MOVE_BOOKINGS, series.id, new_id, occurrence)
    await tx.execute(MOVE_SKIPS, series.id, new_id, occurrence)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="split_series",
        subject_kind="series",
        subject_id=series.id,
        gmina_id=series.gmina_id,
        after={"continued_by": str(new_id), "from_occurrence": occurrence},
    )
    await _note(tx, actor, moved, (series.id, new_id), now)
    return await series_for(tx, actor=actor, series_id=new_id, lock=True)


async def _note(tx: Tx, actor: Actor, moved: list[BookingView], series_ids: tuple[UUID, UUID], now: datetime) -> None:
    """History of each, and the versions of all at once: one by one their locks would be taken in
    another order than others take them."""
    for booking in moved:
        await record(
            tx,
            now=now,
            actor_id=actor.account_id,
            verb="split_series",
            subject_kind="booking",
            subject_id=booking.id,
            gmina_id=booking.gmina_id,
            before=facts(booking),
            after=facts(booking),
        )
    # One of each space stands for its like: all are of one holder.
    alike = {booking.space_id: booking for booking in moved}.values()
    await bump(tx, [key for booking in alike for key in await touched(tx, booking=booking)], series_ids)
