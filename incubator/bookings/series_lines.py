"""Series in one line each: what a list of bookings says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.bookings.series import VISIBLE, pattern_in
from incubator.bookings.series_rules import Pattern
from incubator.bookings.states import LIVE
from incubator.db.engine import Tx
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    """`to_come` counts the booked dates that are not over, `last` is when the last of them starts,
    `skipped` counts those to come that could not be had."""

    id: UUID
    pattern: Pattern
    to_come: int
    last: datetime | None
    skipped: int


LINES = f"""
SELECT series.id, first_day, weekdays, every_weeks, start_minute, length_minutes, until_day, count,
    booked.to_come, booked.last, missed.skipped
FROM series
CROSS JOIN LATERAL (
    SELECT count(*) AS to_come, max(lower(period)) AS last FROM booking
    WHERE booking.series_id = series.id AND upper(period) > $6 AND state = ANY($7::text[])
) AS booked
CROSS JOIN LATERAL (
    SELECT count(*) AS skipped FROM series_skip WHERE series_id = series.id AND lower(period) > $6
) AS missed
WHERE series.id = ANY($5::uuid[]) AND {VISIBLE}
"""


async def lines_of(tx: Tx, *, actor: Actor, series_ids: Iterable[UUID], now: datetime) -> dict[UUID, SeriesLine]:
    """Those of `series_ids` that the person may know of."""
    rows = await tx.fetch(
        LINES,
        actor.account_id,
        list(actor.organisations),
        list(actor.coordinates),
        actor.is_administrator,
        list(series_ids),
        now,
        sorted(LIVE),
    )
    lines = [_line(dict(row)) for row in rows]
    return {line.id: line for line in lines}


def _line(given: dict[str, Any]) -> SeriesLine:
    pattern = pattern_in(given)
    return SeriesLine(**given, pattern=pattern)
