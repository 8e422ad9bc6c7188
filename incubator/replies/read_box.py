"""Look into the mailbox where answers come, each minute: fetch what is new and read it outside of any transaction, then
take it in, one mail in a transaction each. What is no answer stays as new for people to read."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.jobs.enqueue import enqueue
from incubator.replies.mailbox import Found, Letter, Mailbox, NotReached
from incubator.replies.read_mail import Mail, MailReader
from incubator.replies.states import LEFT, Outcome
from incubator.replies.take import Believed, Place, take

log = logging.getLogger(__name__)

JOB = "read_answers"
ALL_OF_THEM = UUID(int=0)
"""The job is about no one row."""

# A worker that is at it, or a queue that waits for one, needs no second.
WAITING = "SELECT EXISTS (SELECT FROM pgqueuer WHERE entrypoint = $1 AND status IN ('queued', 'picked'))"
SEEN = "SELECT uid_validity, max(uid) AS uid FROM reply WHERE box = $1 GROUP BY uid_validity"
READ = """
INSERT INTO reply_box (box, tried_at, read_at, failures, problem) VALUES ($1, $2, $2, 0, '')
ON CONFLICT (box) DO UPDATE SET tried_at = excluded.tried_at, read_at = excluded.read_at, failures = 0, problem = ''
"""
NOT_READ = """
INSERT INTO reply_box (box, tried_at, failures, problem) VALUES ($1, $2, 1, $3)
ON CONFLICT (box) DO UPDATE SET tried_at = excluded.tried_at, failures = reply_box.failures + 1,
    problem = excluded.problem
"""


async def answers_due(tx: Tx, *, now: datetime) -> None:
    if not await tx.fetchval(WAITING, JOB):
        await enqueue(tx, job=JOB, subject_id=ALL_OF_THEM)


# The database is away, or has too much to do; nothing is wrong with the mail.
NOT_NOW = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
)


@dataclass(frozen=True, slots=True)
class BoxReader:
    """The job; without a mailbox it does nothing."""

    mailbox: Mailbox | None
    believed: Believed | None
    reader: MailReader = field(default_factory=MailReader)

    async def read(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """What goes wrong is kept with the mailbox, and its turn comes round again."""
        if self.mailbox is None or self.believed is None or subject_id != ALL_OF_THEM:
            return
        try:
            await self._read(db, self.mailbox, self.believed, now)
        except NotReached as problem:
            await _note(db, NOT_READ, self.mailbox.key, now, str(problem))
            log.warning("the mailbox of answers was not read", extra={"reason": str(problem)})
        else:
            await _note(db, READ, self.mailbox.key, now)

    async def _read(self, db: Database, mailbox: Mailbox, believed: Believed, now: datetime) -> None:
        """Raises NotReached."""
        found = await asyncio.to_thread(mailbox.unread, seen=await _seen(db, mailbox.key))
        outcomes: dict[int, Outcome | None] = {}
        try:
            for each in found.letters:
                outcomes[each.uid] = await self._taken(db, mailbox, believed, found, each, now)
        finally:
            await self._marked(mailbox, found, outcomes)

    async def _marked(self, mailbox: Mailbox, found: Found, outcomes: Mapping[int, Outcome | None]) -> None:
        """What was taken, also where another could not be: it is not looked at again. Raises NotReached."""
        done = [uid for uid, outcome in outcomes.items() if outcome is not None and outcome not in LEFT]
        if outcomes:
            log.info("answers read", extra=dict(Counter(outcome or "elsewhere" for outcome in outcomes.values())))
        if done:
            await asyncio.to_thread(mailbox.mark, done, uid_validity=found.uid_validity)

    async def _taken(
        self, db: Database, mailbox: Mailbox, believed: Believed, found: Found, letter: Letter, now: datetime
    ) -> Outcome | None:
        place = Place(box=mailbox.key, uid_validity=found.uid_validity, uid=letter.uid)
        mail = Outcome.TOO_LARGE if letter.octets is None else await self.reader.read(letter.octets)
        try:
            return await _take(db, mail, place, believed, now)
        except NOT_NOW:
            raise  # it is read again when the database is back
        except Exception as error:  # one mail that we are wrong about does not keep the others waiting
            log.error("an answer could not be taken", extra={"uid": letter.uid, "reason": type(error).__name__})
            return await _take(db, Outcome.UNREADABLE, place, believed, now)


async def _take(db: Database, mail: Mail | Outcome, place: Place, believed: Believed, now: datetime) -> Outcome | None:
    return await attempt(db, lambda tx: take(tx, mail=mail, place=place, believed=believed, now=now))


async def _seen(db: Database, box: str) -> Mapping[int, int]:
    async with statement(db) as tx:
        return {row["uid_validity"]: row["uid"] for row in await tx.fetch(SEEN, box)}


async def _note(db: Database, query: str, *values: object) -> None:
    async with statement(db) as tx:
        await tx.execute(query, *values)
