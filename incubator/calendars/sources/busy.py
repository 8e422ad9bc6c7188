"""When spaces are taken, and not a word of what for."""

from collections.abc import Iterator
from uuid import UUID

from incubator.calendars.busy import Busy, busy_in_gmina, busy_in_incubator, busy_in_metropolis, busy_in_space
from incubator.calendars.entries import busy_entries
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.sources.chosen import near
from incubator.calendars.write import Entry


async def busy_of_space(telling: Telling, subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
    key, window = telling.standing.key, telling.window
    found = await busy_in_space(telling.tx, space_id=key, window=window, subjects=subjects)
    return _told(found, telling, named=False)


async def busy_of_incubator(telling: Telling, subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
    """Which space is said with each."""
    key, window = telling.standing.key, telling.window
    found = await busy_in_incubator(telling.tx, incubator_id=key, window=window, subjects=subjects)
    return _told(found, telling, named=True)


async def busy_of_gmina(telling: Telling, subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
    """Of the kinds of spaces that were chosen."""
    key, window = telling.standing.key, telling.window
    found = await busy_in_gmina(telling.tx, gmina_id=key, window=window, subjects=subjects)
    return _told(_of_kinds(found, telling), telling, named=True)


async def busy_of_metropolis(telling: Telling, subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
    """As those of a gmina, for some months."""
    found = await busy_in_metropolis(telling.tx, window=near(telling.window), subjects=subjects)
    return _told(_of_kinds(found, telling), telling, named=True)


def _of_kinds(found: list[Busy], telling: Telling) -> list[Busy]:
    kinds = telling.choices.kinds
    return [one for one in found if one.place.kind in kinds] if kinds else found


def _told(found: list[Busy], telling: Telling, *, named: bool) -> Iterator[tuple[UUID, Entry]]:
    """One by one, as they are asked for: they are many."""
    entries = busy_entries(found, telling.texts, telling.address, named=named, otherwise=telling.window.opens)
    return ((one.told_as, entry) for one, entry in zip(found, entries, strict=True))
