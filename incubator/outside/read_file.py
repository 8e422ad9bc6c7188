"""Read a calendar file in a process of its own (expand.py)."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from incubator.kernel.apart import Apart, Ended
from incubator.kernel.period import Period
from incubator.outside.problems import NotACalendar, NotRead, TooManyTimes, TooMuchWork

APART = Apart(Path(__file__).with_name("expand.py"), patience=15, cpu_seconds=10, memory=768 * 1024 * 1024)
AT_ONCE = 2
"""Files that one process of ours has read at a time."""
SAID: dict[str, type[NotRead]] = {"not_a_calendar": NotACalendar, "too_many": TooManyTimes, "too_much": TooMuchWork}


class _Answer(msgspec.Struct):
    busy: list[tuple[datetime, datetime, str]] = []
    skipped: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A time that the file says is busy; `uid` where the entry could be one of ours."""

    period: Period
    uid: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file says; `skipped` entries could not be read."""

    entries: tuple[Entry, ...]
    skipped: int


@dataclass(frozen=True, slots=True)
class FileReader:
    apart: Apart = APART
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def read(self, octets: bytes, *, within: Period) -> Contents:
        """Raises NotACalendar, TooManyTimes, TooMuchWork, NotRead."""
        asked = msgspec.json.encode({"first": within.start, "last": within.end})
        try:
            async with self.turns:
                told = await self.apart.ask(asked + b"\n" + octets)
            answer = msgspec.json.decode(told, type=_Answer)
        except Ended:
            raise TooMuchWork() from None
        except msgspec.DecodeError:
            raise NotRead() from None
        if answer.problem:
            raise SAID.get(answer.problem, NotRead)()
        return Contents(tuple(Entry(Period(one, two), uid) for one, two, uid in answer.busy), answer.skipped)
