"""Series as those may see them who ask: one object, with what became of each of its dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from incubator.bookings.series_rules import Pattern
from incubator.bookings.states import LIVE
from incubator.bookings.views import Placed
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import Period
from incubator.people.actor import Actor

SKIPPED = "skipped"


class NoSuchSeries(NotFound):
    """No series with this identifier that the asker may know of."""

    code = "no_such_series"
    sentence = N_("There is no such series of bookings.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One date. `state` is its booking's, or "skipped": then `code` and `sentence` are those of the
    refusal, and there is no booking."""

    occurrence: int
    period: Period
    state: str
    booking_id: UUID | None
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView(Placed):
    """A series. Its pattern and space are those of the dates still to come; each date says where it really is."""

    title: str
    pattern: Pattern
    continues_id: UUID | None
    created_at: datetime
    version: int
    occurrences: tuple[Occurrence, ...]

    def to_come(self, now: datetime) -> list[Occurrence]:
        """The booked dates that have not begun."""
        return [one for one in self.occurrences if one.state in LIVE and one.period.start > now]

    def skipped(self, now: datetime) -> list[Occurrence]:
        """The dates that could not be had and have not passed."""
        return [one for one in self.occurrences if one.state == SKIPPED and one.period.start > now]


SERIES = """
SELECT series.id, series.space_id, space.slug AS space_slug, space.name_pl AS space_name_pl,
    space.name_en AS space_name_en, incubator.id AS incubator_id, incubator.slug AS incubator_slug,
    incubator.name AS incubator_name, series.gmina_id, series.account_id, account.name AS account_name,
    series.organisation_id, organisation.name AS organisation_name, series.title, series.first_day,
    series.weekdays, series.every_weeks, series.start_minute, series.length_minutes, series.until_day,
    series.count, series.continues_id, series.created_at, series.version
FROM series
JOIN space ON space.id = series.space_id
JOIN incubator ON incubator.id = space.incubator_id
JOIN account ON account.id = series.account_id
LEFT JOIN organisation ON organisation.id = series.organisation_id
"""
OCCURRENCES = """
SELECT series_id, occurrence, period, state, id AS booking_id, '' AS code, '' AS sentence
FROM booking WHERE series_id = ANY($1::uuid[])
UNION ALL
SELECT series_id, occurrence, period, 'skipped', NULL, code, sentence
FROM series_skip WHERE series_id = ANY($1::uuid[])
ORDER BY series_id, occurrence
"""
MINE = """(
    series.account_id = $1 AND series.organisation_id IS NULL OR series.organisation_id = ANY($2::uuid[])
)"""
VISIBLE = f"({MINE} OR series.gmina_id = ANY($3::uuid[]) OR $4)"


async def series_for(tx: Tx, *, actor: Actor, series_id: UUID, lock: bool = False) -> SeriesView:
    """One series with all its dates; with `lock`, nobody else changes it as a series until the
    transaction ends. Raises NoSuchSeries."""
    row = await tx.fetchrow(
        f"{SERIES} WHERE series.id = $5 AND {VISIBLE} {'FOR UPDATE OF series' if lock else ''}",
        actor.account_id,
        list(actor.organisations),
        list(actor.coordinates),
        actor.is_administrator,
        series_id,
    )
    if row is None:
        raise NoSuchSeries()
    return (await _views(tx, [row]))[0]


async def series_of(
    tx: Tx, *, actor: Actor, now: datetime, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[SeriesView]:
    """The person's own series and their organisations' that have a booked date to come, the newest
    first. `after` is when the last one seen was made, and its id."""
    rows = await tx.fetch(
        f"""{SERIES} WHERE {MINE} AND EXISTS (
            SELECT FROM booking WHERE booking.series_id = series.id AND upper(booking.period) > $3
            AND booking.state = ANY($4::text[])
        ) AND ($5::timestamptz IS NULL OR (series.created_at, series.id) < ($5, $6::uuid))
        ORDER BY series.created_at DESC, series.id DESC LIMIT $7""",
        actor.account_id,
        list(actor.organisations),
        now,
        sorted(LIVE),
        *(after or (None, None)),
        limit,
    )
    return await _views(tx, rows)


async def _views(tx: Tx, rows: Sequence[asyncpg.Record]) -> list[SeriesView]:
    dates: dict[UUID, list[Occurrence]] = {row["id"]: [] for row in rows}
    for row in await tx.fetch(OCCURRENCES, list(dates)):
        given = dict(row)
        given["period"] = Period(row["period"].lower, row["period"].upper)
        dates[given.pop("series_id")].append(Occurrence(**given))
    return [_view(row, tuple(dates[row["id"]])) for row in rows]


def _view(row: asyncpg.Record, dates: tuple[Occurrence, ...]) -> SeriesView:
    given = dict(row)
    pattern = pattern_in(given)
    return SeriesView(**given, pattern=pattern, occurrences=dates)


def pattern_in(given: dict[str, Any]) -> Pattern:
    """The pattern, taken out of a row of `series`."""
    return Pattern(
        first_day=given.pop("first_day"),
        weekdays=tuple(given.pop("weekdays")),
        every_weeks=given.pop("every_weeks"),
        start_minute=given.pop("start_minute"),
        length_minutes=given.pop("length_minutes"),
        until_day=given.pop("until_day"),
        count=given.pop("count"),
    )
