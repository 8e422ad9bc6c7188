"""What is shown of outside calendars, on a page and as JSON alike."""

from datetime import datetime
from uuid import UUID

from incubator.kernel.period import Period
from incubator.outside.rules import DEAD
from incubator.places.views import View


class Clash(View, frozen=True):
    """A booking or meeting (`kind`) at `period`, where the calendar says that somebody is busy."""

    calendar_id: UUID
    kind: str
    subject_id: UUID
    held: bool
    who: str
    period: Period
    busy: Period


class CalendarView(View, frozen=True):
    """A calendar kept elsewhere. `server` is all that is shown of its address. `problem` is why it could not be read
    the last time, empty where it could; what it said at `fetched_at` counts until then. `busy` times are to come, the
    next at `next_busy_at`."""

    id: UUID
    name: str
    server: str
    added_by_name: str
    created_at: datetime
    tried_at: datetime | None
    fetched_at: datetime | None
    next_fetch_at: datetime | None
    problem: str
    failures: int
    skipped: int
    busy: int
    next_busy_at: datetime | None
    clashes: list[Clash]

    @property
    def dead(self) -> bool:
        """Somebody has to do something about it."""
        return bool(self.problem) and (self.failures >= DEAD or self.next_fetch_at is None)
