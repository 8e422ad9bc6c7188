"""Read a mail in a process of its own (parse.py), which is killed when it takes too long."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from incubator.replies.states import Outcome

# Isolated, as the press is: neither the folder nor the environment says what is loaded, and no secret is in reach.
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("parse.py")))
PATIENCE = 10.0


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
    command: tuple[str, ...] = COMMAND
    patience: float = PATIENCE
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, octets: bytes) -> Mail | Outcome:
        """Or why it is left: one at a time."""
        async with self.turn:
            told = await asyncio.to_thread(self._told, octets)
        try:
            if msgspec.json.decode(told, type=_Problem).problem == Outcome.NO_ANSWER:
                return Outcome.NO_ANSWER
            return msgspec.json.decode(told, type=Mail)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return Outcome.UNREADABLE

    def _told(self, octets: bytes) -> bytes:
        """Nothing where a limit ended it."""
        try:
            # In a session of its own: Ctrl-C is for the service, which lets what is under way end.
            done = subprocess.run(  # noqa: S603
                self.command,
                input=octets,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                start_new_session=True,
                timeout=self.patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return b""
        return done.stdout
