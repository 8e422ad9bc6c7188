"""Mails go out through a real SMTP conversation, once each, and what fails says so in the row."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.jobs.held import held
from incubator.jobs.work import Job, working
from incubator.kernel.clock import system_clock
from incubator.mail.forget import forget_mails
from incubator.mail.post import JOB, post
from incubator.mail.queries import kept_mails
from incubator.mail.send import TRIES, NotSent, Postman
from tests.jobs.test_work import until

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
SENDER = "Inkubatory Metropolii <inkubatory@example.com>"


class Inbox:
    """A mail server that answers `reply` to each recipient and keeps what it takes."""

    def __init__(self) -> None:
        self.reply, self.taken = "250 OK", list[Any]()

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _o: Any) -> str:
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
async def inbox() -> AsyncIterator[tuple[Inbox, str]]:
    box = Inbox()
    controller = UnthreadedController(box, hostname="127.0.0.1", port=0, loop=asyncio.get_running_loop())
    controller.server = await controller._create_server()  # type: ignore[assignment]
    port = controller.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield box, f"smtp://127.0.0.1:{port}"
    controller.server.close()


async def posted(db: Database, subject: str = "Rezerwacja potwierdzona: sala Łąka") -> UUID:
    async with transaction(db) as tx:
        return await post(tx, to="anna@example.com", subject=subject, text="Zażółć gęślą jaźń\n", now=NOW)


async def row(db: Database, key: UUID) -> asyncpg.Record:
    async with statement(db) as tx:
        found = await tx.fetchrow("SELECT * FROM mail WHERE id = $1", key)
    assert found is not None
    return found


async def test_a_posted_mail_is_sent_by_the_worker(db: Database, inbox: tuple[Inbox, str]) -> None:
    box, url = inbox
    key = await posted(db)
    async with working(db, jobs={JOB: Job(Postman(url, SENDER).send)}, recurring={}, clock=system_clock):
        await until(lambda: box.taken != [])
    [message] = box.taken
    assert message["to"] == "anna@example.com"
    assert message["from"] == SENDER
    assert message["subject"] == "Rezerwacja potwierdzona: sala Łąka"
    assert message["message-id"] == f"<{key}@example.com>"
    assert message["auto-submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Zażółć gęślą jaźń"]


async def test_a_sent_mail_keeps_no_text_and_is_not_sent_again(db: Database, inbox: tuple[Inbox, str]) -> None:
    box, url = inbox
    key = await posted(db)
    await Postman(url, SENDER).send(db, subject_id=key, now=NOW)
    await Postman(url, SENDER).send(db, subject_id=key, now=NOW)
    assert len(box.taken) == 1
    kept = await row(db, key)
    assert (kept["state"], kept["sent_at"], kept["tries"], kept["text"]) == ("sent", NOW, 1, "")


async def test_a_server_that_is_busy_is_asked_again(db: Database, inbox: tuple[Inbox, str]) -> None:
    box, url = inbox
    key = await posted(db)
    box.reply = "451 greylisted, anna@example.com"
    with pytest.raises(NotSent):
        await Postman(url, SENDER).send(db, subject_id=key, now=NOW)
    kept = await row(db, key)
    assert (kept["state"], kept["tries"], kept["error"]) == ("waiting", 1, "SMTPRecipientsRefused 451")
    box.reply = "250 OK"
    await Postman(url, SENDER).send(db, subject_id=key, now=NOW)
    assert (await row(db, key))["state"] == "sent"


async def test_a_mail_that_is_given_up_leaves_no_address_with_the_queue(db: Database, inbox: tuple[Inbox, str]) -> None:
    """Servers quote the address, and the queue keeps what a job died of."""
    box, url = inbox
    await posted(db)
    box.reply = "451 greylisted, anna@example.com"
    once = Job(Postman(url, SENDER).send, tries=1)

    async def given_up() -> bool:
        return len(await held(db)) == 1

    async with working(db, jobs={JOB: once}, recurring={}, clock=system_clock):
        await until(given_up)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer_log WHERE traceback IS NOT NULL") > 0
        said = await tx.fetch("SELECT log::text AS line FROM pgqueuer_log AS log")
    assert not [row["line"] for row in said if "anna" in row["line"]]


async def test_an_address_that_does_not_exist_fails_at_once(db: Database, inbox: tuple[Inbox, str]) -> None:
    box, url = inbox
    key = await posted(db)
    box.reply = "550 no such user"
    await Postman(url, SENDER).send(db, subject_id=key, now=NOW)
    assert ((await row(db, key))["state"], box.taken) == ("failed", [])


async def test_a_server_that_is_away_to_the_last_try_leaves_the_mail_failed(db: Database) -> None:
    key = await posted(db)
    for _ in range(TRIES):
        with pytest.raises(NotSent):
            await Postman("smtp://127.0.0.1:9", SENDER).send(db, subject_id=key, now=NOW)
    assert (await row(db, key))["state"] == "failed"


async def test_without_a_server_mails_are_kept_and_can_be_read(db: Database) -> None:
    key = await posted(db)
    await Postman("", SENDER).send(db, subject_id=key, now=NOW)
    assert (await row(db, key))["state"] == "kept"
    async with statement(db) as tx:
        assert [mail.recipient for mail in await kept_mails(tx)] == ["anna@example.com"]


async def test_old_mails_are_forgotten(db: Database) -> None:
    key = await posted(db)
    await Postman("", SENDER).send(db, subject_id=key, now=NOW)
    async with transaction(db) as tx:
        await forget_mails(tx, now=NOW.replace(month=10))
        assert await tx.fetchval("SELECT count(*) FROM mail") == 1
        await forget_mails(tx, now=NOW.replace(month=11))
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0


async def test_kept_mails_are_found_by_whom_they_went_to(tx: Tx) -> None:
    for who in ("ola@example.com", "jan@example.com"):
        await post(tx, to=who, subject=f"Do {who}", text="…", now=NOW)
    assert [mail.recipient for mail in await kept_mails(tx, to="jan@example.com")] == ["jan@example.com"]
    assert len(await kept_mails(tx)) == 2
