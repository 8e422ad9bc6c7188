"""Issues go out through a real SMTP conversation, once to each, and everything that can come between is counted."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email import policy
from typing import Any

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.newsletter.archive import archived_issue
from incubator.newsletter.come_round import newsletters_due
from incubator.newsletter.copies import give_up_lost
from incubator.newsletter.counts import counts_of
from incubator.newsletter.details import Part
from incubator.newsletter.rules import TAKEN_FOR_DEAD, TRIES, pause
from incubator.newsletter.unsubscribe import unsubscribe
from tests.cast import Cast
from tests.moments import NOW
from tests.newsletter.cast import Inbox, copies, inbox, put_readers, scheduled, stretch


@pytest.fixture
async def box() -> AsyncIterator[tuple[Inbox, str]]:
    async with inbox() as made:
        yield made


async def test_each_reader_gets_one_in_their_language(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "anna@example.com", "jan@example.com")
        await put_readers(tx, "kate@example.com", locale="en")
    key = await scheduled(db, cast.office)
    await stretch(db, key, url)
    await stretch(db, key, url)
    assert server.recipients == ["anna@example.com", "jan@example.com", "kate@example.com"]
    assert {m["to"]: m["subject"] for m in server.messages} == {
        "anna@example.com": "Wieści",
        "jan@example.com": "Wieści",
        "kate@example.com": "News",
    }
    assert await copies(db, key) == {"sent": 3}
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM newsletter_issue WHERE id = $1", key) == "sent"
        assert (
            await tx.fetchval("SELECT subject FROM mail WHERE recipient = $1", cast.office.email)
            == "The issue is sent: News"
        )


async def test_a_copy_can_be_read_and_left_by_any_mail_program(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        [reader] = await put_readers(tx, "anna@example.com")
    key = await scheduled(db, cast.coordinator, gmina=cast.niepolomice)
    await stretch(db, key, url)
    [message] = server.messages
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and html
    text, page = plain.get_content(), html.get_content()
    assert text.splitlines()[:3] == [message["subject"], "=" * len(message["subject"]), ""]
    assert "LAS (https://example.com/las)" in text and "**" not in text
    assert "<strong>sali</strong>" in page and "<img" not in page and "<script" not in page
    assert message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    stop = message["list-unsubscribe"].strip("<>")
    assert f"/newsletter/one-click/{reader}/" in stop and stop.startswith("http")
    manage = next(line for line in text.splitlines() if "/newsletter/manage/" in line)
    assert f'href="{manage}"' in page
    assert f"/newsletter/{key}" in text
    assert (message["precedence"], message["list-id"]) == ("bulk", "<newsletter.example.com>")
    assert message["message-id"].startswith(f"<{key}.{reader}.") and message["message-id"].endswith("@example.com>")
    assert message["from"] == "Inkubatory Metropolii <inkubatory@example.com>" and message["date"] is not None
    assert message.defects == []


async def test_no_text_takes_the_place_of_the_readers_link(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "anna@example.com")
    text = "```\nW ramce:\n@@MANAGE@@\nkoniec\n```\n\n@@MANAGE@@"
    await stretch(db, await scheduled(db, cast.office, parts=(Part(text_pl=text),)), url)
    [message] = server.messages
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain and html
    for part in (plain, html):
        body, _, foot = part.get_content().rpartition("/newsletter/manage/")
        assert "@@MANAGE@@" in body and "@@MANAGE@@" not in foot
    assert plain.get_content().count("/newsletter/manage/") == 1 == html.get_content().count("/newsletter/manage/")


async def test_it_goes_to_who_chose_it(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "all@example.com")
        await put_readers(tx, "here@example.com", gminas=(cast.niepolomice,), interests=("calls",))
        await put_readers(tx, "there@example.com", gminas=(cast.skawina,))
        await put_readers(tx, "rooms@example.com", gminas=(cast.niepolomice,), interests=("places",))
    key = await scheduled(db, cast.coordinator, gmina=cast.niepolomice, to_interests=["calls"])
    await stretch(db, key, url)
    assert server.recipients == ["all@example.com", "here@example.com"]


async def test_who_unsubscribes_while_it_goes_out_gets_none(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        first, last = await put_readers(tx, "a@example.com", "z@example.com")
    key = await scheduled(db, cast.office)

    async def leave(_n: int) -> None:
        async with transaction(db) as tx:
            await unsubscribe(tx, subscription_id=last, now=NOW)

    server.on_taken = leave
    await stretch(db, key, url)
    assert server.recipients == ["a@example.com"]
    assert await copies(db, key) == {"sent": 1, "skipped": 1}
    async with transaction(db) as tx:
        await unsubscribe(tx, subscription_id=first, now=NOW + timedelta(days=1))
        assert (await counts_of(tx, issue_id=key)).left == 1


async def test_who_confirms_after_it_began_waits_for_the_next(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        [late] = await put_readers(tx, "late@example.com")
        await tx.execute(
            "UPDATE newsletter_subscription SET confirmed_at = $2 WHERE id = $1", late, NOW + timedelta(seconds=1)
        )
    key = await scheduled(db, cast.office)
    await stretch(db, key, url)
    assert server.recipients == []


async def test_greylisting_is_waited_out(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "grey@example.com", "anna@example.com")
    key = await scheduled(db, cast.office)
    server.replies["grey@example.com"] = "451 4.7.1 greylisted"
    await stretch(db, key, url)
    assert await copies(db, key) == {"sent": 1, "waiting": 1}
    server.replies.clear()
    await stretch(db, key, url, NOW + timedelta(minutes=1))
    assert server.recipients == ["anna@example.com"]
    await stretch(db, key, url, NOW + pause(1) + timedelta(seconds=30))
    assert server.recipients == ["anna@example.com", "grey@example.com"]
    assert await copies(db, key) == {"sent": 2}


async def test_what_is_refused_for_now_to_the_last_try_fails_and_nobody_is_ended(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "full@example.com")
    key, at = await scheduled(db, cast.office), NOW
    server.replies["full@example.com"] = "452 4.2.2 mailbox full"
    for turn in range(1, TRIES + 1):
        await stretch(db, key, url, at)
        at += pause(turn) + timedelta(seconds=30)
    assert await copies(db, key) == {"failed": 1}
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM newsletter_subscription") == "confirmed"
        assert await tx.fetchval("SELECT error FROM newsletter_delivery") == "452 4.2.2"


@pytest.mark.parametrize(
    ("reply", "state", "bounces"), [("550 5.1.1 no such user", "bounced", 1), ("554 5.7.1 not welcome", "confirmed", 1)]
)
async def test_a_mailbox_that_is_gone_ends_the_subscription_and_other_refusals_are_counted(
    db: Database, cast: Cast, box: tuple[Inbox, str], reply: str, state: str, bounces: int
) -> None:
    server, url = box
    async with transaction(db) as tx:
        [gone, _] = await put_readers(tx, "gone@example.com", "anna@example.com")
    key = await scheduled(db, cast.office)
    server.replies["gone@example.com"] = reply
    await stretch(db, key, url)
    assert server.recipients == ["anna@example.com"]
    assert await copies(db, key) == {"sent": 1, "failed": 1}
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT state, bounces FROM newsletter_subscription WHERE id = $1", gone)
        assert tuple(row) == (state, bounces)
        assert "gone" not in await tx.fetchval("SELECT string_agg(error, '') FROM newsletter_delivery")
        assert (await counts_of(tx, issue_id=key)).bounced == 1


async def test_three_refusals_in_a_row_end_it_and_one_success_begins_anew(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "anna@example.com")
    bad, good = "550 5.7.1 no", "250 OK"
    states = []
    for reply in (bad, bad, good, bad, bad, bad):
        server.replies["anna@example.com"] = reply
        await stretch(db, await scheduled(db, cast.office), url)
        async with statement(db) as tx:
            states.append(await tx.fetchval("SELECT state FROM newsletter_subscription"))
    assert states == [*["confirmed"] * 5, "bounced"]


async def test_a_line_lost_before_the_content_is_taken_up_again(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "a@example.com", "cut@example.com", "z@example.com")
    key = await scheduled(db, cast.office)
    server.replies["cut@example.com"] = "cut"
    await stretch(db, key, url)
    assert await copies(db, key) == {"sent": 2, "waiting": 1}
    assert server.lines == 2
    server.replies.clear()
    await stretch(db, key, url, NOW + pause(1) + timedelta(seconds=30))
    assert server.recipients == ["a@example.com", "cut@example.com", "z@example.com"]


async def test_a_line_lost_in_the_middle_of_the_content_is_not_sent_twice(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "a@example.com", "cut@example.com", "z@example.com")
    key = await scheduled(db, cast.office)
    server.verdicts["cut@example.com"] = "cut"
    await stretch(db, key, url)
    server.verdicts.clear()
    await stretch(db, key, url, NOW + timedelta(days=2))
    assert server.recipients == ["a@example.com", "cut@example.com", "z@example.com"]
    assert await copies(db, key) == {"sent": 2, "unknown": 1}


async def test_content_that_is_refused_fails_without_ending_anybody(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "a@example.com", "z@example.com")
    key = await scheduled(db, cast.office)
    server.verdicts["a@example.com"] = "554 5.7.1 looks like spam"
    await stretch(db, key, url)
    assert await copies(db, key) == {"sent": 1, "failed": 1}
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT sum(bounces) FROM newsletter_subscription") == 0


async def test_a_server_that_is_away_costs_no_copy(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, "a@example.com")
    key = await scheduled(db, cast.office)
    await stretch(db, key, "smtp://127.0.0.1:9")
    assert await copies(db, key) == {"waiting": 1}
    await stretch(db, key, url)
    assert server.recipients == ["a@example.com"]


async def test_one_line_serves_a_stretch_and_two_workers_share(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    emails = [f"reader{n:03}@example.com" for n in range(120)]
    async with transaction(db) as tx:
        await put_readers(tx, *emails)
    key = await scheduled(db, cast.office)
    await asyncio.gather(*(stretch(db, key, url) for _ in range(4)))
    assert server.recipients == emails
    assert server.lines <= 2
    assert await copies(db, key) == {"sent": 120}


async def test_a_worker_that_died_leaves_one_that_nobody_sends_again(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, *(f"r{n}@example.com" for n in range(5)))
    key = await scheduled(db, cast.office)
    dying = asyncio.create_task(stretch(db, key, url))

    async def die(n: int) -> None:
        if n == 3:
            dying.cancel()
            await asyncio.sleep(0.05)

    server.on_taken = die
    with pytest.raises(asyncio.CancelledError):
        await dying
    server.on_taken = None
    assert (await copies(db, key))["handing"] == 1
    await stretch(db, key, url, NOW + timedelta(minutes=1))
    assert len(set(server.recipients)) == len(server.recipients) == 5
    assert await copies(db, key) == {"sent": 4, "handing": 1}
    async with transaction(db) as tx:
        await give_up_lost(tx, now=NOW + TAKEN_FOR_DEAD + timedelta(minutes=2), after=TAKEN_FOR_DEAD)
    await stretch(db, key, url, NOW + timedelta(hours=1))
    assert await copies(db, key) == {"sent": 4, "unknown": 1}
    assert len(server.recipients) == 5
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM newsletter_issue WHERE id = $1", key) == "sent"


async def test_the_pace_holds_for_all_workers_together(db: Database, cast: Cast, box: tuple[Inbox, str]) -> None:
    server, url = box
    async with transaction(db) as tx:
        await put_readers(tx, *(f"r{n:02}@example.com" for n in range(30)))
    key = await scheduled(db, cast.office)
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(stretch(db, key, url, per_minute=1200) for _ in range(2)))
    assert len(server.recipients) == 30
    assert asyncio.get_running_loop().time() - began >= 28 / 20


async def test_its_time_comes_round_and_a_finished_one_is_left_alone(
    db: Database, cast: Cast, box: tuple[Inbox, str]
) -> None:
    _, url = box
    key = await scheduled(db, cast.office)
    waiting = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'send_newsletter'"
    async with transaction(db) as tx:
        await newsletters_due(tx, now=NOW - timedelta(seconds=1))
        assert await tx.fetchval(waiting) == 0
        await newsletters_due(tx, now=NOW)
        assert await tx.fetchval(waiting) == 2
        await tx.execute("DELETE FROM pgqueuer")
    await stretch(db, key, url)
    async with transaction(db) as tx:
        await newsletters_due(tx, now=NOW + timedelta(hours=1))
        assert await tx.fetchval(waiting) == 0
        assert [letter.locale for letter in (await archived_issue(tx, issue_id=key)).letters] == ["pl", "en"]


async def test_without_a_server_copies_are_kept_to_be_read(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_readers(tx, "anna@example.com")
    key = await scheduled(db, cast.office)
    await stretch(db, key, "")
    async with statement(db) as tx:
        text: Any = await tx.fetchval("SELECT text FROM mail WHERE recipient = 'anna@example.com'")
    assert "/newsletter/manage/" in text and await copies(db, key) == {"sent": 1}
    assert policy.SMTP.linesep not in text
