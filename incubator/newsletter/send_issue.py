"""The job that sends an issue, a stretch at a time: any number of workers may, and any of them may die.

A copy is committed as being handed over before the server hears of it, and as sent after. So a worker
that is killed leaves one copy of which nobody knows, and no copy is sent twice. Nothing is kept in
memory but the letters and one copy.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, Tx
from incubator.jobs.enqueue import enqueue
from incubator.mail.post import post
from incubator.newsletter.archive import LETTERS
from incubator.newsletter.copies import Claimed, claim_copy, list_copies, settle_copy
from incubator.newsletter.go_out import begin_issue, finish_issue
from incubator.newsletter.issues import BRIEF
from incubator.newsletter.links import manage_path
from incubator.newsletter.mailing import Sheet, as_text, copy_for, personal_to, sheet
from incubator.newsletter.pace import reserve
from incubator.newsletter.smtp import SENT, Line, NoLine, Outcome
from incubator.newsletter.views import LetterView
from incubator.web.letters import stationery

log = logging.getLogger(__name__)
Now = Callable[[], datetime]

JOB = "send_newsletter"
STRETCH = 10.0
"""Seconds after which a worker looks whether it should stop; the queue comes back to what is left."""
LANES = 2
"""So many workers send at once, at most: the pace is the same, and one that is slow holds up no other."""
LANE = "SELECT pg_try_advisory_lock(hashtextextended('newsletter' || $1::uuid || $2::int, 0))"
LEAVE = "SELECT pg_advisory_unlock(hashtextextended('newsletter' || $1::uuid || $2::int, 0))"


@dataclass(frozen=True, slots=True)
class Ready:
    """The letters of an issue by language, and how they travel."""

    letters: dict[str, LetterView]
    sheets: dict[str, Sheet]


@dataclass(frozen=True, slots=True)
class Courier:
    """Sends through the server at `smtp_url` as `sender`, `per_minute` copies at most by all workers together.
    Without a server, copies go to the post, which keeps them in the database."""

    smtp_url: str
    sender: str
    per_minute: int

    async def send(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """A stretch of the issue `subject_id`, in a lane of its own; nothing where all are taken."""
        began = time.monotonic()

        def clock() -> datetime:
            return now + timedelta(seconds=time.monotonic() - began)

        async with db.pool.acquire() as connection, _lane(connection, subject_id) as free:
            if not free:
                return
            async with connection.transaction():
                await begin_issue(connection, issue_id=subject_id, now=now)
            while await self._list(connection, subject_id, now):
                pass
            more = await self._stretch(connection, subject_id, clock, began)
            async with connection.transaction():
                if not await finish_issue(connection, issue_id=subject_id, now=clock()) and more:
                    await enqueue(connection, job=JOB, subject_id=subject_id)

    async def _list(self, tx: Tx, issue_id: UUID, now: datetime) -> bool:
        async with tx.transaction():
            return await list_copies(tx, issue_id=issue_id, now=now)

    async def _stretch(self, tx: Tx, issue_id: UUID, clock: Now, began: float) -> bool:
        """Whether there is more to do at once."""
        ready, line = await _ready(tx, issue_id, self.sender, clock()), Line(self.smtp_url, self.sender)
        if ready is None:
            return False
        done: tuple[Claimed, Outcome] | None = None
        try:
            async for _slot in _slots(tx, self.per_minute, clock, began):
                if self.smtp_url:
                    await line.open()
                async with tx.transaction():
                    if done is not None:
                        await settle_copy(tx, copy=done[0], outcome=done[1], at=clock())
                    copy = await claim_copy(tx, issue_id=issue_id, at=clock())
                done = None
                if copy is None:
                    return False
                done = copy, await self._hand_over(tx, line, ready, copy, clock)
            return True
        except NoLine as error:
            log.warning("the newsletter waits for the mail server", extra={"reason": str(error)})
            return False
        finally:
            if done is not None:
                async with tx.transaction():
                    await settle_copy(tx, copy=done[0], outcome=done[1], at=clock())
            await line.end()

    async def _hand_over(self, tx: Tx, line: Line, ready: Ready, copy: Claimed, clock: Now) -> Outcome:
        if not self.smtp_url:
            told = ready.letters[copy.locale]
            manage = f"{stationery().globals['address']}{manage_path(copy.subscription_id)}"
            text = as_text(told, manage=manage, archive=f"/newsletter/{copy.issue_id}")
            async with tx.transaction():
                await post(tx, to=copy.email, subject=told.subject, text=text, now=clock())
            return SENT
        made = ready.sheets[copy.locale]
        personal = personal_to(copy.subscription_id, issue_id=copy.issue_id, email=copy.email, domain=made.domain)
        return await line.hand_over(copy.email, copy_for(made, personal))


async def _ready(tx: Tx, issue_id: UUID, sender: str, now: datetime) -> Ready | None:
    """None where the issue is not going out."""
    brief = await tx.fetchrow(f"{BRIEF} WHERE issue.id = $1 AND state = 'sending'", issue_id)
    if brief is None:
        return None
    letters = {row["locale"]: LetterView(**row) for row in await tx.fetch(LETTERS, issue_id)}
    path, gmina = f"/newsletter/{issue_id}", brief["gmina_name"]
    made = {
        locale: sheet(told, gmina_name=gmina, sender=sender, archive=path, now=now) for locale, told in letters.items()
    }
    return Ready(letters, made)


async def _slots(tx: Tx, per_minute: int, clock: Now, began: float) -> AsyncIterator[None]:
    """Each time at which a copy may go, when it has come, until the stretch is over."""
    while time.monotonic() - began < STRETCH:
        for slot in await reserve(tx, per_minute=per_minute, now=clock()):
            wait = (slot - clock()).total_seconds()
            if wait > 0:
                await asyncio.sleep(wait)
            yield


@asynccontextmanager
async def _lane(tx: Tx, issue_id: UUID) -> AsyncIterator[bool]:
    """Whether a lane was free. The database gives it back when the worker dies."""
    for lane in range(LANES):
        if await tx.fetchval(LANE, issue_id, lane):
            try:
                yield True
            finally:
                await tx.execute(LEAVE, issue_id, lane)
            return
    yield False
