"""Read a mail in a process of its own (parse.py)."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from incubator.kernel.apart import Apart, Ended
from incubator.replies.states import Outcome

APART = Apart(Path(__file__).with_name("parse.py"), patience=10, cpu_seconds=5, memory=512 * 1024 * 1024)


class Answer(msgspec.Struct, frozen=True):
    """What one whom the answer names says to `uid`, or to the date of it that was to begin `at`; `by_itself` where their
    calendar did, and nobody clicked."""

    uid: str
    attendee: str
    says: str
    sequence: int
    written_at: datetime | None
    at: datetime | None
    and_following: bool
    comment: str
    by_itself: bool


class Mail(msgspec.Struct, frozen=True):
    """A mail that answers. `to` are all addresses that it names as ours; `told` is the same for a copy; `checked` is
    what mail servers wrote about its sender."""

    sender: str
    to: tuple[str, ...]
    told: str
    answers: tuple[Answer, ...]
    checked: tuple[str, ...]


class _Problem(msgspec.Struct):
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MailReader:
    apart: Apart = APART
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, octets: bytes) -> Mail | Outcome:
        """Or why it is left: one at a time."""
        try:
            async with self.turn:
                told = await self.apart.ask(octets)
            if msgspec.json.decode(told, type=_Problem).problem == Outcome.NO_ANSWER:
                return Outcome.NO_ANSWER
            return msgspec.json.decode(told, type=Mail)
        except (Ended, msgspec.DecodeError):
            return Outcome.UNREADABLE
