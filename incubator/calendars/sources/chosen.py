"""Sources that a reader can choose."""

from collections.abc import Iterable
from uuid import UUID

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry


def chosen(kind: str, source: Source) -> Source:
    """Silent where the reader chose other kinds."""

    async def told(telling: Telling, subjects: Subjects) -> Iterable[tuple[UUID, Entry]]:
        kinds = telling.choices.kinds
        return await source(telling, subjects) if not kinds or kind in kinds else []

    return told
