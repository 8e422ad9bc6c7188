"""Readers and issues for tests, and a mail server that keeps what it takes."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.newsletter.consent import NOW_ASKED
from incubator.newsletter.details import IssueDetails, Part, Sending
from incubator.newsletter.schedule_issue import schedule_issue
from incubator.newsletter.send_issue import Courier
from incubator.newsletter.set_parts import set_parts
from incubator.newsletter.start_issue import start_issue
from incubator.people.actor import Actor
from incubator.web.letters import live_at
from tests.cast import Person, acting
from tests.moments import NOW

SENDER = "Inkubatory Metropolii <inkubatory@example.com>"
QUICK = 1_000_000
"""Copies a minute: no pace to speak of."""
TEXT = Part(text_pl="# Witajcie\n\nPiszemy o **sali** w [LAS](https://example.com/las).", text_en="Hello **there**.")
READER = """
INSERT INTO newsletter_subscription (id, email, locale, gmina_ids, interests, state, words, how, asked_at, confirmed_at, bounces,
    version)
SELECT id, email, $3, $4, $5, 'confirmed', $6, 'page', $7, $7, 0, 1 FROM unnest($1::uuid[], $2::text[]) AS given (id, email)
"""


async def put_readers(
    tx: Tx,
    *emails: str,
    locale: str = "pl",
    gminas: tuple[UUID, ...] = (),
    interests: tuple[str, ...] = (),
) -> list[UUID]:
    """Confirmed before NOW."""
    keys = sorted(uuid7() for _ in emails)  # copies go in this order
    await tx.execute(READER, keys, list(emails), locale, list(gminas), list(interests), NOW_ASKED, NOW)
    return keys


async def put_issue(
    tx: Tx, actor: Actor, *, gmina: UUID | None = None, parts: tuple[Part, ...] = (TEXT,), **details: Any
) -> UUID:
    told = IssueDetails(**{"title_pl": "Wieści", "title_en": "News", **details})
    made = await start_issue(tx, actor=actor, gmina_id=gmina, details=told, now=NOW)
    await set_parts(tx, actor=actor, issue_id=made.issue.id, parts=parts, now=NOW)
    return made.issue.id


async def scheduled(db: Database, who: Person, *, gmina: UUID | None = None, **told: Any) -> UUID:
    """An issue whose time has come."""
    actor = await acting(db, who)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor, gmina=gmina, **told)
        await schedule_issue(tx, actor=actor, issue_id=key, sending=Sending(), now=NOW)
    return key


async def stretch(db: Database, key: UUID, url: str, now: Any = NOW, per_minute: int = QUICK) -> None:
    live_at("http://testserver.local")
    await Courier(url, SENDER, per_minute).send(db, subject_id=key, now=now)


async def copies(db: Database, key: UUID) -> dict[str, int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT state, count(*) FROM newsletter_delivery WHERE issue_id = $1 GROUP BY 1", key)
    return {row["state"]: row["count"] for row in rows}


@dataclass
class Inbox:
    """`replies` answer to recipients, `verdicts` to contents (by recipient; "cut" ends the line unanswered)."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    on_taken: Callable[[int], Any] | None = None

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, host: str, responses: Any) -> Any:
        self.lines += 1
        session.host_name = host
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _o: Any) -> str:
        reply = self.replies.get(address, "250 OK")
        if reply == "cut":
            server.transport.close()
            return "421 gone"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        verdict = self.verdicts.get(envelope.rcpt_tos[0], "250 OK")
        if verdict.startswith(("250", "cut")):
            self.taken.append((envelope.rcpt_tos[0], envelope.content))  # type: ignore[arg-type]
        if verdict == "cut":
            server.transport.close()
        if self.on_taken is not None:
            await self.on_taken(len(self.taken))
        return verdict

    @property
    def recipients(self) -> list[str]:
        return sorted(to for to, _ in self.taken)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for _, content in self.taken]  # type: ignore[misc]


@asynccontextmanager
async def inbox() -> AsyncIterator[tuple[Inbox, str]]:
    box = Inbox()
    controller = UnthreadedController(box, hostname="127.0.0.1", port=0, loop=asyncio.get_running_loop())
    controller.server = await controller._create_server()  # type: ignore[assignment]
    port = controller.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.server.close()


async def last_link(tx: Tx, email: str, shape: str) -> str:
    """The link of this shape in the newest mail to the address that waits."""
    text = await tx.fetchval(
        "SELECT text FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1", email
    )
    found = re.search(shape, text or "")
    assert found, text
    return found[0]
