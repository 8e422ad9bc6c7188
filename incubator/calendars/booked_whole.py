"""Bookings as entries, those of a series as one that repeats."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from uuid import UUID

from incubator.bookings.series import pattern_in
from incubator.calendars.entries import booked_entries
from incubator.calendars.queries import Booked
from incubator.calendars.series_entry import Repeating, instead, series_entries
from incubator.calendars.write import Entry
from incubator.db.engine import Tx
from incubator.web.i18n import Translator

Dates = Callable[[Sequence[UUID]], Awaitable[list[Booked]]]
"""Every date of these series that the reader may know of, whenever it is, in order."""

SERIES = """
SELECT id, version, created_at, first_day, weekdays, every_weeks, start_minute, length_minutes, until_day, count
FROM series WHERE id = ANY($1::uuid[])
"""


async def told_whole(
    tx: Tx, found: Sequence[Booked], dates: Dates, texts: Translator, address: str
) -> list[tuple[UUID, Entry]]:
    """`found` as entries, each with what it is of: the booking or its series. Of a series all is told, also where
    only one date was found."""
    entries = booked_entries(found, texts, address)
    told: dict[UUID, list[Entry]] = {
        one.series_id or one.id: [entry] for one, entry in zip(found, entries, strict=True)
    }
    named = await repeating(tx, {one.series_id for one in found if one.series_id})
    if named:
        of_series = await dates(list(named))
        given: dict[UUID, list[tuple[int, Entry]]] = {key: [] for key in named}
        for one, entry in zip(of_series, booked_entries(of_series, texts, address), strict=True):
            assert one.series_id is not None and one.occurrence is not None, "a date of a series"
            given[one.series_id].append((one.occurrence, entry))
        for key, series in named.items():
            told[key] = series_entries(series, page_of_series(key, address), sorted(given[key]))
    return [(key, entry) for key, of_one in told.items() for entry in of_one]


async def told_alone(tx: Tx, one: Booked, texts: Translator, address: str) -> Entry:
    """One booking by itself; of a series in place of that date, so that it is not there twice."""
    [entry] = booked_entries([one], texts, address)
    if one.series_id is None or one.occurrence is None:
        return entry
    return instead((await repeating(tx, [one.series_id]))[one.series_id], one.occurrence, entry)


async def repeating(tx: Tx, series_ids: Collection[UUID]) -> dict[UUID, Repeating]:
    """These series, none of which is asked for in vain."""
    found = {}
    for row in await tx.fetch(SERIES, list(series_ids)) if series_ids else ():
        given = dict(row)
        pattern = pattern_in(given)
        found[row["id"]] = Repeating(pattern=pattern, **given)
    return found


def page_of_series(key: UUID, address: str) -> str:
    return f"{address}/bookings/series/{key}"
