"""Read a calendar file in a process of its own (expand.py), which is killed when it takes too long."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from incubator.kernel.period import Period
from incubator.outside.problems import NotACalendar, NotRead, TooManyTimes, TooMuchWork

# Isolated, as the press is: neither the folder nor the environment says what is loaded, and no secret is in reach.
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("expand.py")))
PATIENCE = 15.0
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
    command: tuple[str, ...] = COMMAND
    patience: float = PATIENCE
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def read(self, octets: bytes, *, within: Period) -> Contents:
        """Raises NotACalendar, TooManyTimes, TooMuchWork, NotRead."""
        async with self.turns:
            told = await asyncio.to_thread(self._told, octets, within)
        try:
            answer = msgspec.json.decode(told, type=_Answer)
        except msgspec.DecodeError:
            raise NotRead() from None
        if answer.problem:
            raise SAID.get(answer.problem, NotRead)()
        return Contents(tuple(Entry(Period(one, two), uid) for one, two, uid in answer.busy), answer.skipped)

    def _told(self, octets: bytes, within: Period) -> bytes:
        asked = msgspec.json.encode({"first": within.start, "last": within.end})
        try:
            # In a session of its own: Ctrl-C is for the service, which lets what is under way end.
            done = subprocess.run(  # noqa: S603
                self.command,
                input=asked + b"\n" + octets,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                start_new_session=True,
                timeout=self.patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TooMuchWork() from None
        if done.returncode < 0:  # a limit ended it
            raise TooMuchWork()
        return done.stdout
