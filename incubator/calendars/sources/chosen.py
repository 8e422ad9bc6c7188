"""Sources that a reader can choose, and how far those reach that tell of very much."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.window import Window
from incubator.calendars.write import Entry

BACK, AHEAD, MOST = timedelta(days=7), timedelta(days=62), timedelta(days=92)
MONTH = timedelta(days=27)
"""Of the whole metropolis. In its largest house that is 50,000 entries and 25 MB, with a week back, which a server can
keep (shelf.py); of two months it could not, and would write them anew for each who asks."""


def chosen(kind: str, source: Source) -> Source:
    """Silent where the reader chose other kinds."""

    async def told(telling: Telling, subjects: Subjects) -> Iterable[tuple[UUID, Entry]]:
        kinds = telling.choices.kinds
        return await source(telling, subjects) if not kinds or kind in kinds else []

    return told


def near(window: Window, *, ahead: timedelta = AHEAD, most: timedelta = MOST) -> Window:
    """Of what is too much for a year: a week back and two months ahead, or three months from the day on that was
    chosen."""
    first = window.first or window.monday - BACK
    last = window.monday + ahead if window.last is None else min(window.last, first + most)
    return replace(window, first=first, last=last)
