"""Part a series in two, so that what follows can go its own way."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_rules import days_of
from incubator.db.engine import Tx
from incubator.db.history import record
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
SHORTEN = """
UPDATE series SET until_day = CASE WHEN until_day IS NOT NULL THEN $3::date - 1 END,
    count = CASE WHEN count IS NOT NULL THEN $2::int - 1 END, version = version + 1
WHERE id = $1
"""
MOVE_BOOKINGS = """
UPDATE booking SET series_id = $2, occurrence = occurrence - $3::int + 1 WHERE series_id = $1 AND occurrence >= $3::int
"""
MOVE_SKIPS = MOVE_BOOKINGS.replace("booking", "series_skip")


async def split_series(tx: Tx, *, actor: Actor, series: SeriesView, occurrence: int, now: datetime) -> SeriesView:
    """The series that begins with `occurrence`, counted from 1 again; it names the one it continues.
    Split at its first occurrence, a series is the whole of itself. The caller has it locked."""
    if occurrence == 1:
        return series
    new_id: UUID = uuid7()
    day = days_of(series.pattern)[occurrence - 1]
    await tx.execute(CONTINUE, series.id, new_id, occurrence, day, now)
    await tx.execute(SHORTEN, series.id, occurrence, day)
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
    return await series_for(tx, actor=actor, series_id=new_id, lock=True)
