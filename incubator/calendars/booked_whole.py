"""Bookings as entries, those of a series as one that repeats."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from incubator.bookings.series import pattern_in
from incubator.bookings.series_changes import CHANGES
from incubator.bookings.series_rules import FIRST_YEAR, LAST_YEAR
from incubator.calendars.entries import booked_entries
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Booked, Subjects
from incubator.calendars.series_entry import Repeating, instead, series_entries
from incubator.calendars.window import Window
from incubator.calendars.write import Entry
from incubator.db.engine import Tx
from incubator.kernel.unhurried import unhurried
from incubator.web.i18n import Translator

Find = Callable[[Window, Subjects], Awaitable[list[Booked]]]
"""The bookings that a reader may know of: in a window, or those of them that are about these subjects."""

Dress = Callable[[Booked, Entry], Entry]

SERIES = f"""
SELECT id, created_at, told.changed_at, told.changes, first_day, weekdays, every_weeks, start_minute, length_minutes,
    until_day, count
FROM series {CHANGES} WHERE id = ANY($1::uuid[])
"""


def as_it_is(_: Booked, entry: Entry) -> Entry:
    return entry


async def told_whole(
    telling: Telling, find: Find, subjects: Subjects, *, dress: Dress = as_it_is
) -> list[tuple[UUID, Entry]]:
    """What is found as entries, each with what it is of: the booking or its series. Of a series all is told, also
    where only one date is in the window. `dress` may change what a booking's own entry says."""
    tx, address, window = telling.tx, telling.address, telling.window
    found = await find(window, subjects)
    told = {one.told_as: [entry] for one, entry in await unhurried(_dressed(found, telling, dress))}
    named = await repeating(tx, {one.series_id for one in found if one.series_id})
    if named:
        given: dict[UUID, list[tuple[int, Entry]]] = {key: [] for key in named}
        dates = await find(whenever(window), list(named))
        for one, entry in await unhurried(_dressed(dates, telling, dress)):
            assert one.series_id is not None and one.occurrence is not None, "a date of a series"
            given[one.series_id].append((one.occurrence, entry))
        for key, series in named.items():
            told[key] = series_entries(series, page_of_series(key, address), sorted(given[key]))
    return [(key, entry) for key, of_one in told.items() for entry in of_one]


def whenever(window: Window) -> Window:
    """As long as any series can be, telling of what was called off for as long."""
    return replace(window, first=EARLIEST, last=LATEST)


EARLIEST, LATEST = date(FIRST_YEAR - 1, 1, 1), date(LAST_YEAR + 5, 1, 1)


def _dressed(found: Sequence[Booked], telling: Telling, dress: Dress) -> Iterator[tuple[Booked, Entry]]:
    for one, entry in zip(found, booked_entries(found, telling.texts, telling.address), strict=True):
        yield one, dress(one, entry)


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
