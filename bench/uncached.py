"""The service with nothing kept of feeds: `python -m bench.uncached ours|icalendar serve`, as we write them or through
icalendar's objects."""

import sys
from collections.abc import Iterable
from unittest.mock import patch

import icalendar

from incubator.__main__ import main
from incubator.calendars.representations import REPRESENTATIONS, Representation
from incubator.calendars.shelf import Kept, Key, Shelf
from incubator.calendars.write import MEDIA_TYPE, Entry, joined
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


class Nothing(Shelf):
    """Keeps nothing."""

    def get(self, key: Key) -> Kept | None:
        return None


keeping_nothing = patch("incubator.calendars.kiosk.Shelf", Nothing)


if __name__ == "__main__":
    if sys.argv.pop(1) == "icalendar":
        REPRESENTATIONS[".ics"] = Representation(
            MEDIA_TYPE,
            lambda entry: as_object(entry).to_ical().removesuffix(b"\r\n"),
            b"\r\n",
            lambda _telling, head, pieces: joined(head, pieces),
        )
    with keeping_nothing:
        main()
