"""Mails that come back: which copy they are about is read, and nothing that somebody made up is believed."""

from collections.abc import Callable
from time import perf_counter
from uuid import UUID

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.newsletter.links import message_name
from incubator.newsletter.read_dsn import read_dsn, take_bounce
from tests.cast import Cast
from tests.moments import NOW
from tests.newsletter.cast import inbox, put_readers, scheduled, stretch

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: inkubatory@example.com
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9E41.1757/mx.example.org"
Message-Id: <20260907070101.9E41@mx.example.org>

--9E41.1757/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

<anna@example.com>: host mail.example.com[192.0.2.1] said: 550 5.1.1
    <anna@example.com>: Recipient address rejected: User unknown

--9E41.1757/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 9E41
Arrival-Date: Mon,  7 Sep 2026 09:01:00 +0200 (CEST)

Final-Recipient: rfc822; anna@example.com
Original-Recipient: rfc822;anna@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--9E41.1757/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

To: anna@example.com
Message-ID: <{name}@example.com>
From: inkubatory@example.com
Subject: =?utf-8?q?Wie=C5=9Bci?=
List-Unsubscribe: <https://example.com/newsletter/one-click/x>

Tekst
--9E41.1757/mx.example.org--
"""
EXCHANGE = """\
From: postmaster@corp.example
To: inkubatory@example.com
Subject: =?utf-8?B?TmllIGRvc3RhcmN6b25v?=
Content-Type: multipart/report; report-type=delivery-status; boundary="_001_"
MIME-Version: 1.0

--_001_
Content-Type: multipart/alternative; boundary="_002_"

--_002_
Content-Type: text/html; charset="utf-8"

<p>Nie mo\u017cna dostarczy\u0107.</p>
--_002_--

--_001_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.corp.example

Final-recipient: RFC822;anna@corp.example
Action: failed
Status: 5.2.1 (mailbox disabled)
Diagnostic-code: smtp;550 5.2.1 RESOLVER.ADR.Disabled

--_001_
Content-Type: text/rfc822-headers

Received: from mx.example.org
MESSAGE-ID: <{name}@example.com>
Subject: Newsletter

--_001_--
"""
GMAIL = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: inkubatory@example.com
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{name}@example.com>
In-Reply-To: <{name}@example.com>
Content-Type: multipart/report; boundary="000000000000a1"; report-type=delivery-status
MIME-Version: 1.0

--000000000000a1
Content-Type: multipart/related; boundary="000000000000b2"

--000000000000b2
Content-Type: text/plain; charset="UTF-8"

** Address not found **
--000000000000b2--
--000000000000a1
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; inkubatory@example.com

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.1.10
Last-Attempt-Date: Mon, 07 Sep 2026 00:01:00 -0700 (PDT)

--000000000000a1
Content-Type: message/rfc822

Message-ID: <{name}@example.com>
Content-Type: text/plain

x
--000000000000a1--
"""
ISSUE, READER = UUID(int=1), UUID(int=2)
NAME = "{name}"
"""Stands where the sealed name goes, which is known once the house knows its secret."""


@pytest.mark.parametrize(("dsn", "status"), [(POSTFIX, "5.1.1"), (EXCHANGE, "5.2.1"), (GMAIL, "5.1.10")])
def test_a_notification_names_its_copy(dsn: str, status: str) -> None:
    for line_end in ("\n", "\r\n"):
        found = read_dsn(dsn.format(name=message_name(ISSUE, READER)).replace("\n", line_end).encode())
        assert found is not None
        assert (found.issue_id, found.subscription_id, found.status) == (ISSUE, READER, status)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 100,
        b"Subject: hello\n\nno report",
        POSTFIX.format(name=f"{ISSUE}.{READER}.AAAAAAAAAAAAAAAA").encode(),
        POSTFIX.format(name="{other}").encode(),
        POSTFIX.format(name="x.y.z").encode(),
        POSTFIX.format(name=NAME).replace("Action: failed", "Action: delayed").encode(),
        POSTFIX.format(name=NAME).replace("Status: 5.1.1", "Status: 4.2.2").encode(),
        POSTFIX.format(name=NAME).replace("Status: 5.1.1", "Status: 5.1.1; DROP TABLE").encode(),
        POSTFIX.format(name=NAME).replace("message/delivery-status", "text/plain").encode(),
        POSTFIX.format(name=NAME).encode()[:700],
        b"Content-Type: multipart/report; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 300,
        b"Content-Type: message/delivery-status\n\nStatus: 5.1.1\nAction: failed\n",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
        b"Content-Type: message/rfc822\n\n" * 2_000,
        POSTFIX.format(name=NAME).encode() + b"x" * 2_100_000,
    ],
)
def test_what_is_no_notification_of_ours_is_nothing(content: bytes) -> None:
    other = message_name(ISSUE, UUID(int=3)).replace(str(UUID(int=3)), str(READER))
    told = content.replace(b"{name}", message_name(ISSUE, READER).encode()).replace(b"{other}", other.encode())
    assert read_dsn(told) is None


def _nested(depth: int, lines: int) -> bytes:
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"".join(heads) + b"\n" * lines


@pytest.mark.parametrize(
    "hostile",
    [
        lambda n: b'Content-Type: multipart/report; boundary="' + b";" * n,
        lambda n: b"Content-Type: multipart/report" + b"; a=b" * n,
        lambda n: b"Content-Type: multipart/report" + b";\n a=b" * n,
        lambda n: b'Content-Type: text/rfc822-headers\n\nContent-Type: multipart/x; boundary="' + b";" * n,
        lambda n: _nested(n // 200, n),
        lambda n: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * n,
        lambda n: b"Content-Type: message/delivery-status\n\n" + b"a: b\n\n" * n,
        lambda n: b"Content-Type: text/rfc822-headers\n\nMessage-ID: " + b"<a" * n,
    ],
)
def test_a_mail_that_is_made_to_be_slow_takes_time_by_its_size_not_by_its_square(
    hostile: Callable[[int], bytes],
) -> None:
    small, large = (min(_took(hostile(n)) for _ in range(3)) for n in (5_000, 40_000))
    assert large / small < 24, f"eight times as large took {large / small:.0f} times as long"


def _took(content: bytes) -> float:
    began = perf_counter()
    read_dsn(content)
    return perf_counter() - began


async def test_a_mail_that_came_back_counts_once_and_ends_the_subscription(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_readers(tx, "anna@example.com")
    key = await scheduled(db, cast.office)
    async with inbox() as (server, url):
        await stretch(db, key, url)
    name = server.messages[0]["message-id"].strip("<>").partition("@")[0]
    content = POSTFIX.format(name=name).encode()
    async with transaction(db) as tx:
        assert await take_bounce(tx, content=content, now=NOW)
        assert not await take_bounce(tx, content=content, now=NOW)
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT state, bounces FROM newsletter_subscription")
        assert tuple(row) == ("bounced", 1)
        assert await tx.fetchval("SELECT state FROM newsletter_delivery") == "failed"


async def test_one_of_an_issue_that_is_gone_is_nothing(db: Database) -> None:
    async with transaction(db) as tx:
        assert not await take_bounce(tx, content=POSTFIX.format(name=message_name(ISSUE, READER)).encode(), now=NOW)
