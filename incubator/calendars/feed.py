"""What a feed is: where it stands, what it says of itself, and the sources of its entries. Which there are:
calendars/feeds."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.calendars.choices import Choices
from incubator.calendars.queries import Subjects
from incubator.calendars.standing import Standing, Standings
from incubator.calendars.window import Window, whole
from incubator.calendars.write import Entry, Head
from incubator.db.engine import Tx
from incubator.web.i18n import Translator


@dataclass(frozen=True, slots=True)
class Telling:
    """What a feed is written from. `address` is our public one. What is told follows from these and the rows alone,
    never from the clock."""

    tx: Tx
    standing: Standing
    choices: Choices
    window: Window
    texts: Translator
    address: str

    @property
    def moved_at(self) -> datetime:
        """When the feed last changed, or began to tell of another stretch of time. Nothing for an entry to say: it
        moves with all others."""
        return moved_at(self.standing, self.window)


def moved_at(standing: Standing, window: Window) -> datetime:
    return max(window.opens, standing.changed_at or window.opens)


Source = Callable[[Telling, Subjects], Awaitable[Iterable[tuple[UUID, Entry]]]]
"""One sort of thing that a feed tells of: every entry in the window with the subject it is about (db/versions.py), or
only those about `subjects`; others come back empty-handed. A subject can have several entries. What an entry says follows from
its subject alone: it is not asked for again when another changes."""


@dataclass(frozen=True, slots=True)
class Few:
    """What a feed says of some subjects, as one query that can be a part of a longer statement (calendars/news.py): of the
    feed's key ($1), the seconds when the window begins ($2) and ends ($3), and `{subjects}`, an array. `told` makes
    entries of rows that end with its columns, as a source does."""

    query: str
    told: Callable[[Telling, Sequence[asyncpg.Record]], Iterable[tuple[UUID, Entry]]]


@dataclass(frozen=True, slots=True)
class Feed:
    """`stands` finds it by the name in its address; `secret` says that only its reader may have it. What `head` says moves
    with everything alone, never with some subjects. `few`, where there is one, says of subjects what all of the sources
    would. `kinds` and `topical` are what its reader can choose (calendars/choices.py). Where it tells of what is `undone`,
    for how long too. `reach` says how much of a window is told of."""

    stands: Standings
    head: Callable[[Telling], Awaitable[Head]]
    sources: tuple[Source, ...]
    few: Few | None = None
    kinds: Collection[str] = ()
    topical: bool = False
    undone: bool = False
    reach: Callable[[Window], Window] = whole
    secret: bool = field(kw_only=True)

    def window(self, choices: Choices, now: datetime) -> Window:
        """Which stretch of time is told of, to who chose so."""
        return self.reach(choices.window(now))
