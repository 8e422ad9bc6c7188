"""When spaces are taken, and not a word of what for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from incubator.calendars.busy import (
    OF_GMINA,
    OF_INCUBATOR,
    OF_METROPOLIS,
    OF_SPACE,
    Busy,
    busy_in,
    some_busy,
    taken_in,
)
from incubator.calendars.entries import Named, busy_entries, name_of, name_with_house
from incubator.calendars.feed import Few, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry


@dataclass(frozen=True, slots=True)
class BusyOf:
    """A source that tells of the spaces of the feed's key, of the kinds that were chosen; `named` is how each
    entry's title says which it is."""

    which: str
    named: Named

    async def __call__(self, telling: Telling, subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
        key, window = telling.standing.key, telling.window
        return self._told(telling, await busy_in(telling.tx, self.which, key=key, window=window, subjects=subjects))

    @property
    def few(self) -> Few:
        """The same of some subjects, as a part of a longer statement."""
        return Few(some_busy(self.which), self._read)

    def _read(self, telling: Telling, rows: Sequence[asyncpg.Record]) -> Iterator[tuple[UUID, Entry]]:
        return self._told(telling, taken_in(rows))

    def _told(self, telling: Telling, found: Iterable[Busy]) -> Iterator[tuple[UUID, Entry]]:
        """One by one, as they are asked for: they are many."""
        kinds, texts, opens = telling.choices.kinds, telling.texts, telling.window.opens
        chosen = [one for one in found if not kinds or one.place.kind in kinds]
        entries = busy_entries(chosen, texts, telling.address, named=self.named, otherwise=opens)
        return ((one.told_as, entry) for one, entry in zip(chosen, entries, strict=True))


busy_of_space = BusyOf(OF_SPACE, None)
busy_of_incubator = BusyOf(OF_INCUBATOR, name_of)
busy_of_gmina = BusyOf(OF_GMINA, name_with_house)
busy_of_metropolis = BusyOf(OF_METROPOLIS, name_with_house)
