"""Answers from the mailbox to what comes of them, as the worker does it: over real IMAP, each in a process of its own."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.jobs.work import Job, working
from incubator.replies import read_box
from incubator.replies.forget import forget_replies
from incubator.replies.mailbox import Mailbox
from incubator.replies.read_box import ALL_OF_THEM, JOB, BoxReader, answers_due
from incubator.replies.read_mail import Mail
from incubator.replies.states import Outcome
from incubator.replies.take import Believed, Place, take
from tests.bookings.test_invite import confirmed
from tests.cast import Cast
from tests.jobs.test_work import until
from tests.mail.calendar_app import mails_to, methods
from tests.moments import NOW
from tests.replies.answers import BELIEVED, REPLY_TO, booking_state, gmail, outlook, reply_to_last
from tests.replies.dovecot import Served, dovecot

Visit = Callable[..., httpx.AsyncClient]
SPAM = b"From: x@example.com\r\nSubject: Hello\r\n\r\nBuy\r\n"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with dovecot(tmp_path) as found:
        yield found


async def look(db: Database, served: Served, mailbox: Mailbox | None = None) -> None:
    await BoxReader(mailbox or served.mailbox(), BELIEVED).read(db, subject_id=ALL_OF_THEM, now=NOW)


async def outcomes(db: Database) -> list[str]:
    async with statement(db) as tx:
        return [row["outcome"] for row in await tx.fetch("SELECT outcome FROM reply ORDER BY uid_validity, uid")]


async def test_what_is_no_answer_is_left_for_people(
    visit: Visit, cast: Cast, db: Database, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    where = await confirmed(visit, cast)
    reply = await reply_to_last(db, cast.member.email)
    bomb = (
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 2000
    )
    served.deliver(SPAM, outlook(reply), gmail(replace(reply, sender="x@example.com")), bomb)
    with caplog.at_level(logging.INFO):
        await look(db, served)
        await look(db, served)
    assert await outcomes(db) == ["no_answer", "cancelled", "not_invited", "unreadable"]
    assert served.flags() == ["", "S", "", ""]
    assert await booking_state(db, where.rpartition("/")[2]) == "cancelled"
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL"]
    assert "example.com" not in caplog.text and len([each for each in caplog.records if "answers" in each.message]) == 1


async def test_of_two_workers_at_once_one_takes_it(visit: Visit, cast: Cast, db: Database, served: Served) -> None:
    await confirmed(visit, cast)
    served.deliver(SPAM, gmail(await reply_to_last(db, cast.member.email)))
    await asyncio.gather(*(look(db, served) for _ in range(3)))
    assert await outcomes(db) == ["no_answer", "cancelled"]
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL"]


async def test_a_box_that_numbers_its_mails_anew_is_read_anew_and_nothing_is_done_twice(
    visit: Visit, cast: Cast, db: Database, served: Served
) -> None:
    await confirmed(visit, cast)
    octets = gmail(replace(await reply_to_last(db, cast.member.email), says="ACCEPTED"))
    served.deliver(SPAM, octets)
    await look(db, served)
    served.start_over()
    served.deliver(octets)
    await look(db, served)
    assert await outcomes(db) == ["no_answer", "noted", "no_answer", "again"]
    assert served.flags() == ["", "S", "S"]


async def test_a_box_that_cannot_be_read_is_told_in_the_numbers(
    visit: Visit, db: Database, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = served.mailbox(password="wrong one")
    for _ in range(2):
        await look(db, served, wrong)
    page = (await visit().get("/metrics")).text
    assert f'incubator_reply_box_failures{{box="{wrong.key}"}} 2' in page
    assert "incubator_reply_box_read{" not in page and "wrong one" not in caplog.text + page
    served.deliver(SPAM)
    await look(db, served)
    page = (await visit().get("/metrics")).text
    assert f'incubator_reply_box_failures{{box="{wrong.key}"}} 0' in page
    assert f'incubator_reply_box_read{{box="{wrong.key}"}} {NOW.timestamp()}' in page
    assert 'incubator_replies{outcome="no_answer"} 1' in page


async def test_one_mail_that_we_are_wrong_about_does_not_stop_the_others(
    visit: Visit, cast: Cast, db: Database, served: Served
) -> None:
    where = await confirmed(visit, cast)
    octets = gmail(await reply_to_last(db, cast.member.email))
    served.deliver(octets)
    async with transaction(db) as tx:
        await tx.execute("ALTER TABLE invited RENAME TO elsewhere")
    await look(db, served)
    async with transaction(db) as tx:
        await tx.execute("ALTER TABLE elsewhere RENAME TO invited")
    served.deliver(b"X: 1\r\n" + octets)
    await look(db, served)
    assert await outcomes(db) == ["unreadable", "cancelled"]
    assert await booking_state(db, where.rpartition("/")[2]) == "cancelled"


@pytest.mark.parametrize("error", [ConnectionResetError(), asyncpg.DeadlockDetectedError(), asyncpg.DiskFullError()])
async def test_what_the_database_cannot_take_now_is_read_again_and_what_it_took_is_marked(
    visit: Visit, cast: Cast, db: Database, served: Served, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    where = await confirmed(visit, cast)
    accepted = replace(await reply_to_last(db, cast.member.email), says="ACCEPTED")
    served.deliver(gmail(accepted), gmail(replace(accepted, says="DECLINED", named="<2@x>")))

    async def take_the_first(
        tx: Tx, *, mail: Mail | Outcome, place: Place, believed: Believed, now: datetime
    ) -> object:
        if place.uid > 1:
            raise error
        return await take(tx, mail=mail, place=place, believed=believed, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(read_box, "take", take_the_first)
        with pytest.raises(type(error)):
            await look(db, served)
    assert (await outcomes(db), served.flags()) == (["noted"], ["S", ""])
    await look(db, served)
    assert (await outcomes(db), served.flags()) == (["noted", "cancelled"], ["S", "S"])
    assert await booking_state(db, where.rpartition("/")[2]) == "cancelled"


async def test_the_worker_looks_by_itself(visit: Visit, cast: Cast, db: Database, served: Served) -> None:
    await confirmed(visit, cast)
    served.deliver(gmail(await reply_to_last(db, cast.member.email)))
    for _ in range(3):
        async with transaction(db) as tx:
            await answers_due(tx, now=NOW)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", JOB) == 1

    async def read() -> bool:
        return await outcomes(db) == ["cancelled"]

    reader = BoxReader(served.mailbox(), Believed(REPLY_TO))
    async with working(db, jobs={JOB: Job(reader.read, tries=2)}, recurring={}, clock=lambda: NOW):
        await until(read)


async def test_without_a_mailbox_nothing_happens(db: Database) -> None:
    await BoxReader(None, None).read(db, subject_id=ALL_OF_THEM, now=NOW)
    assert await outcomes(db) == []


async def test_what_was_read_is_forgotten_but_for_how_far(db: Database) -> None:
    row = "INSERT INTO reply (box, uid_validity, uid, outcome, read_at) VALUES ($1, $2, $3, 'no_answer', $4)"
    async with transaction(db) as tx:
        for box, validity, uid, days in (
            ("a", 1, 1, 100),
            ("a", 1, 2, 100),
            ("a", 2, 1, 100),
            ("b", 1, 1, 100),
            ("b", 1, 2, 3),
        ):
            await tx.execute(row, box, validity, uid, NOW - timedelta(days=days))
        await forget_replies(tx, now=NOW)
        left = [tuple(one) for one in await tx.fetch("SELECT box, uid_validity, uid FROM reply ORDER BY 1, 2, 3")]
    assert left == [("a", 1, 2), ("a", 2, 1), ("b", 1, 2)]
