"""python-caldav, which programs use to keep a copy of calendars in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from caldav import Calendar, DAVClient, SynchronizableCalendarObjectCollection
from icalendar import Calendar as Calendars

from tests.caldav.apps import Account, Shown, shown_of


@dataclass
class PythonCaldav:
    copies: list[SynchronizableCalendarObjectCollection]

    async def look(self) -> list[Shown]:
        return shown_of([text for copy in self.copies for text in await asyncio.to_thread(_synced, copy)])

    async def between(
        self,
        first: datetime,
        last: datetime,
        *,
        expand: Literal["server", "client", False] = False,
        whatever: bool = False,
    ) -> list[Shown]:
        """What the service finds in a stretch of time, and of it what is shown; who is to `expand` what repeats. `whatever`
        does not say that it is events that are looked for."""

        def search(calendar: Calendar) -> list[str]:
            event = None if whatever else True
            return [one.data for one in calendar.search(start=first, end=last, event=event, expand=expand)]

        found = [await asyncio.to_thread(search, copy.calendar) for copy in self.copies]
        return shown_of(text for texts in found for text in texts)

    async def busy(self, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
        """When the service says that there is no time."""
        answers = [await asyncio.to_thread(copy.calendar.freebusy_request, first, last) for copy in self.copies]
        found = [Calendars.from_ical(one.data).walk("VFREEBUSY")[0].get("FREEBUSY", []) for one in answers]
        every = [said for one in found for said in (one if isinstance(one, list) else [one])]
        return sorted((said.start, said.end) for said in every)

    async def fetched(self) -> list[Shown]:
        """All that is in the copies, by multiget."""

        def fetch(copy: SynchronizableCalendarObjectCollection) -> list[str]:
            return [one.data for one in copy.calendar.calendar_multiget([one.url for one in copy])]

        found = [await asyncio.to_thread(fetch, copy) for copy in self.copies if len(copy)]
        return shown_of(text for texts in found for text in texts)


@asynccontextmanager
async def python_caldav(account: Account, folder: Path) -> AsyncIterator[PythonCaldav]:
    """It keeps nothing in the folder."""
    with DAVClient(f"{account.address}.well-known/caldav", username=account.name, password=account.token) as client:

        def first() -> list[SynchronizableCalendarObjectCollection]:
            return [one.objects_by_sync_token(load_objects=True) for one in client.principal().calendars()]

        yield PythonCaldav(await asyncio.to_thread(first))


def _synced(copy: SynchronizableCalendarObjectCollection) -> list[str]:
    copy.sync()
    return [one.data for one in copy]
