"""Look at a calendar: fetch it and read it outside of any transaction, then keep in a short one what it says. What
cannot be read changes nothing of what it said before."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.outside.address import Address, address_of
from incubator.outside.clashes import tell_clashes
from incubator.outside.fetch import Fetcher, Seen
from incubator.outside.fill import changed, fill
from incubator.outside.keep import calendar_locked, keep
from incubator.outside.ours import busy_in
from incubator.outside.problems import CalendarEnded, NotRead, TooManyTimes
from incubator.outside.read_file import Contents, FileReader
from incubator.outside.rules import ANEW, DEAD, MOST, next_look, window
from incubator.outside.tell_dead import tell_dead

JOB = "read_outside_calendar"
AT_ONCE = 4
"""Calendars that one process fetches at a time, lest their files fill its memory."""

ASKED = "SELECT address, etag, last_modified, read_at FROM outside_calendar WHERE id = $1"
READ = """
UPDATE outside_calendar SET etag = $2, last_modified = $3, tried_at = $4, fetched_at = $4, next_fetch_at = $5,
    read_at = CASE WHEN $6 THEN $4 ELSE read_at END, skipped = coalesce($7, skipped), failures = 0, problem = '',
    told_at = NULL
WHERE id = $1
"""
FAILED = """
UPDATE outside_calendar SET failures = failures + 1, problem = $2, tried_at = $3, next_fetch_at = $4 WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a server and its file said; `contents` are None where the file has not changed."""

    contents: Contents | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class Outside:
    """The way to calendars kept elsewhere."""

    fetcher: Fetcher
    reader: FileReader = field(default_factory=FileReader)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def see(self, address: Address, *, seen: Seen | None = None, now: datetime) -> Looked:
        """Raises NotRead."""
        async with self.turns:
            fetched = await self.fetcher.fetch(address, seen=seen or Seen(), now=now)
            if fetched.content is None:
                return Looked(None, fetched.seen)
            return Looked(await self.reader.read(fetched.content, within=window(now)), fetched.seen)

    async def look(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """The job about the calendar `subject_id`. What goes wrong with it is kept with it."""
        async with statement(db) as tx:
            row = await tx.fetchrow(ASKED, subject_id)
        if row is None:
            return
        anew = row["read_at"] is None or row["read_at"] <= now - ANEW
        seen = Seen() if anew else Seen(row["etag"], row["last_modified"])
        try:
            looked = await self.see(address_of(row["address"]), seen=seen, now=now)
            await attempt(db, lambda tx: note_read(tx, calendar_id=subject_id, looked=looked, now=now))
        except NotRead as refused:
            problem = refused
            await attempt(db, lambda tx: note_failure(tx, calendar_id=subject_id, problem=problem, now=now))


async def note_read(tx: Tx, *, calendar_id: UUID, looked: Looked, now: datetime) -> None:
    """Raises TooManyTimes."""
    if await calendar_locked(tx, calendar_id=calendar_id) is None:
        return
    contents, seen = looked.contents, looked.seen
    if contents is None:
        await _fill(tx, calendar_id, now)
    else:
        busy = await busy_in(tx, calendar_id=calendar_id, entries=contents.entries)
        if len(busy) > MOST:
            raise TooManyTimes()
        await keep(tx, calendar_id=calendar_id, busy=busy, now=now)
    onward = next_look(now, failures=0, chance=_chance())
    skipped = None if contents is None else contents.skipped
    told: Sequence[object] = (seen.etag, seen.last_modified, now, onward, contents is not None, skipped)
    await tx.execute(READ, calendar_id, *told)
    await tell_clashes(tx, calendar_id=calendar_id, now=now)


async def note_failure(tx: Tx, *, calendar_id: UUID, problem: NotRead, now: datetime) -> None:
    row = await calendar_locked(tx, calendar_id=calendar_id)
    if row is None:
        return
    failures, ended = row["failures"] + 1, isinstance(problem, CalendarEnded)
    onward = None if ended else next_look(now, failures=failures, after=problem.after, chance=_chance())
    await tx.execute(FAILED, calendar_id, problem.code, now, onward)
    await _fill(tx, calendar_id, now)
    if (ended or failures >= DEAD) and row["told_at"] is None:
        await tell_dead(tx, calendar_id=calendar_id, problem=problem, now=now)


async def _fill(tx: Tx, calendar_id: UUID, now: datetime) -> None:
    if await fill(tx, calendar_id=calendar_id, now=now):
        await changed(tx, calendar_id=calendar_id)


def _chance() -> float:
    return random.random()  # noqa: S311 - no secret, a jitter
