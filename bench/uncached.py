"""The service with nothing kept of feeds, and each GET reading its rows for itself: `python -m bench.uncached
ours|icalendar serve`, as we write them or through icalendar's objects."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from unittest.mock import patch

import icalendar

from incubator.__main__ import main
from incubator.calendars.build import built
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.representations import REPRESENTATIONS
from incubator.calendars.shelf import Kept, Key
from incubator.calendars.told import Asked
from incubator.calendars.write import Entry
from incubator.db.engine import snapshot
from incubator.kernel.period import WARSAW


def as_object(entry: Entry) -> icalendar.Event:
    """What we say of an entry, said with icalendar."""
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.period.start.astimezone(WARSAW))
    event.add("dtend", entry.period.end.astimezone(WARSAW))
    event.add("summary", entry.summary)
    event.add("status", entry.status.value)
    event.add("transp", "OPAQUE")
    event.add("location", entry.location)
    event.add("categories", list(entry.categories))
    event.add("url", entry.url)
    return event


def with_icalendar(name: str, entries: Iterable[Entry]) -> bytes:
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//yardstick//")
    made.add("name", name)
    for entry in entries:
        made.add_component(as_object(entry))
    return bytes(made.to_ical())


class Alone(Kiosk):
    """Neither keeps a feed nor waits for one that another builds."""

    async def _kept(self, key: Key, asked: Asked, etag: bytes | None = None) -> Kept:
        async with snapshot(self._db) as tx:
            return await built(tx, asked, address=self._address, turn=1)


keeping_nothing = patch("incubator.app.Kiosk", Alone)


if __name__ == "__main__":
    if sys.argv.pop(1) == "icalendar":
        REPRESENTATIONS[".ics"] = replace(
            REPRESENTATIONS[".ics"], piece=lambda entry: as_object(entry).to_ical().removesuffix(b"\r\n")
        )
    with keeping_nothing:
        main()
