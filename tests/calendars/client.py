"""An app that subscribes: it keeps what it has by name, and shows what is in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
from icalendar import Calendar, Event

from tests.calendars.readers import Seen, expanded_by_ical_js, expanded_by_icalendar, with_libical

Name = tuple[str, datetime | None]
"""What an app knows an entry by: UID and RECURRENCE-ID."""


@dataclass(slots=True)
class App:
    """Fetches again and again. Of what it knows, nothing may become older than it was."""

    http: httpx.AsyncClient
    path: str
    anew: Callable[[], Awaitable[bytes]] | None = None
    kept: dict[Name, Event] = field(default_factory=dict)
    shown: list[Seen] = field(default_factory=list)

    async def fetch(self) -> bytes:
        answer = await self.http.get(self.path)
        assert answer.status_code == 200, answer.text
        with_libical(answer.content)
        calendar = Calendar.from_ical(answer.content)
        assert isinstance(calendar, Calendar)
        told = {name_of(event): event for event in calendar.events}
        assert len(told) == len(calendar.events), "two entries go by one name"
        for name in told.keys() & self.kept.keys():
            older, newer = self.kept[name], told[name]
            assert newer["SEQUENCE"] >= older["SEQUENCE"], name
            assert newer["LAST-MODIFIED"].dt >= older["LAST-MODIFIED"].dt, name
            if newer.start != older.start or newer.get("STATUS") != older.get("STATUS"):
                assert newer["SEQUENCE"] > older["SEQUENCE"], name
        self.kept = told
        self.shown = expanded_by_ical_js(answer.content)
        span = [edge for event in calendar.events for edge in (event.start, event.end)] or [
            datetime(2026, 1, 1, tzinfo=UTC)
        ]
        year = timedelta(days=400)
        others = expanded_by_icalendar(answer.content, first=min(span) - year, last=max(span) + year)
        # Of what repeats, the two do not count changes alike.
        assert [replace(one, sequence=0) for one in self.shown] == [replace(one, sequence=0) for one in others]
        return answer.content

    @property
    def standing(self) -> list[tuple[str, datetime, str]]:
        """Title, start and status of what is not called off, by time."""
        return sorted(
            (
                (one.summary, datetime.fromtimestamp(one.start).astimezone(), one.status)
                for one in self.shown
                if one.status != "CANCELLED"
            ),
            key=lambda one: one[1],
        )


def name_of(event: Event) -> Name:
    instead = event.get("RECURRENCE-ID")
    return str(event["UID"]), instead.dt if instead else None
