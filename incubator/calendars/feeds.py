"""Which feeds there are: where each stands, and how it is written."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.calendars.booked_whole import told_whole
from incubator.calendars.entries import busy_entries, incubator_head, personal_head, space_head
from incubator.calendars.queries import (
    Booked,
    booked_by,
    busy_in_incubator,
    busy_in_space,
    dates_by,
    incubator_of,
    place_of,
)
from incubator.calendars.standing import Standing, of_incubator, of_person, of_space
from incubator.calendars.window import Window
from incubator.calendars.write import calendar
from incubator.db.engine import Database, Tx
from incubator.web.i18n import Translator


@dataclass(frozen=True, slots=True)
class Telling:
    """What a feed is written from. `address` is our public one."""

    tx: Tx
    standing: Standing
    window: Window
    texts: Translator
    address: str

    @property
    def moved_at(self) -> datetime:
        """When the feed last changed, or began to tell of another stretch of time."""
        return max(self.window.opens, self.standing.changed_at or self.window.opens)


@dataclass(frozen=True, slots=True)
class Feed:
    """`stands` finds it by the name in its address; `secret` says that only its reader may have it."""

    secret: bool
    stands: Callable[[Database, str], Awaitable[Standing]]
    write: Callable[[Telling], Awaitable[bytes]]


async def write_space(telling: Telling) -> bytes:
    """When a space is taken, and no more."""
    key, texts, address = telling.standing.key, telling.texts, telling.address
    place = await place_of(telling.tx, space_id=key)
    found = await busy_in_space(telling.tx, space_id=key, window=telling.window)
    entries = busy_entries(found, texts, address, named=False, otherwise=telling.moved_at)
    return calendar(space_head(place, texts, address), entries)


async def write_incubator(telling: Telling) -> bytes:
    """When each space of an incubator is taken, and no more."""
    key, texts, address = telling.standing.key, telling.texts, telling.address
    slug, name = await incubator_of(telling.tx, incubator_id=key)
    found = await busy_in_incubator(telling.tx, incubator_id=key, window=telling.window)
    entries = busy_entries(found, texts, address, named=True, otherwise=telling.moved_at)
    return calendar(incubator_head(slug, name, texts, address), entries)


async def write_personal(telling: Telling) -> bytes:
    """A person's bookings and those of their organisations, whole."""
    texts, address = telling.texts, telling.address
    found = await booked_by(telling.tx, account_id=telling.standing.key, window=telling.window)
    tx, key, window = telling.tx, telling.standing.key, telling.window

    async def dates(series: Sequence[UUID]) -> list[Booked]:
        return await dates_by(tx, account_id=key, series_ids=series, window=window)

    told = await told_whole(tx, found, dates, texts, address)
    return calendar(personal_head(texts, address), (entry for _, entry in told))


FEEDS = {
    "spaces": Feed(False, of_space, write_space),
    "incubators": Feed(False, of_incubator, write_incubator),
    "personal": Feed(True, of_person, write_personal),
}
