"""The mailbox of answers over IMAP: read without a trace, marked when it was taken, and never waited for long."""

import asyncio
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from incubator.replies.mailbox import LARGEST, MOST, Mailbox, NotReached, mailbox_at
from tests.replies.dovecot import Served, dovecot


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with dovecot(tmp_path) as found:
        yield found


def a_mail(number: int, text: str = "hello") -> bytes:
    return f"Subject: {number}\r\nFrom: a@example.com\r\n\r\n{text}\r\n".encode()


def test_what_is_new_is_read_in_order_and_stays_new(served: Served) -> None:
    assert served.mailbox().unread(seen={}).letters == []
    served.deliver(*map(a_mail, range(3)))
    found = served.mailbox().unread(seen={})
    assert [(each.uid, each.octets) for each in found.letters] == [(n + 1, a_mail(n)) for n in range(3)]
    assert served.flags() == ["", "", ""]
    assert [each.uid for each in served.mailbox().unread(seen={found.uid_validity: 2}).letters] == [3]
    assert served.mailbox().unread(seen={found.uid_validity: 3}).letters == []
    assert len(served.mailbox().unread(seen={found.uid_validity - 1: 3}).letters) == 3, "other numbers say nothing"


def test_what_was_taken_is_no_longer_new(served: Served) -> None:
    served.deliver(*map(a_mail, range(3)))
    validity = served.mailbox().unread(seen={}).uid_validity
    served.mailbox().mark([1, 3], uid_validity=validity)
    assert served.flags() == ["S", "", "S"]
    served.mailbox().mark([2], uid_validity=validity + 1)
    assert served.flags() == ["S", "", "S"], "other numbers mean other mails"
    assert [each.uid for each in served.mailbox().unread(seen={}).letters] == [2]


def test_much_is_read_by_and_by_and_what_is_too_large_not_at_all(served: Served) -> None:
    served.deliver(a_mail(0, "x" * LARGEST), *(a_mail(n) for n in range(MOST + 5)))
    first = served.mailbox().unread(seen={})
    assert (len(first.letters), first.letters[0].octets) == (MOST, None)
    rest = served.mailbox().unread(seen={first.uid_validity: first.letters[-1].uid})
    assert len(rest.letters) == 6


def test_who_is_not_let_in_says_so_and_not_with_what(served: Served) -> None:
    with pytest.raises(NotReached) as refused:
        served.mailbox(password="wrong one").unread(seen={})
    assert str(refused.value) == "not_let_in"
    with pytest.raises(NotReached, match="odd_answer"):
        replace(served.mailbox(), folder="Elsewhere").unread(seen={})


def test_only_a_server_that_proves_its_name_is_told_the_password(served: Served) -> None:
    for doubtful in (served.mailbox(roots=None), served.mailbox(host="127.0.0.1")):
        with pytest.raises(NotReached, match="not_trusted"):
            doubtful.unread(seen={})
    log = (served.mails.parent / "log").read_text()
    assert "Login: user" not in log


def test_where_nobody_answers_is_said() -> None:
    box = Mailbox(host="127.0.0.1", port=1, user="a", password="b", folder="INBOX")
    with pytest.raises(NotReached, match="no_answer"):
        box.unread(seen={})


@pytest.mark.parametrize(
    "answer",
    [b"", b"* OK [CAPABILITY IMAP4rev1] hello\r\n", b"* BYE\r\n", b"* " + b"x" * 3000, b"HTTP/1.1 400 Bad\r\n\r\n"],
)
async def test_a_server_that_drips_is_left_when_its_time_is_over(tmp_path: Path, answer: bytes) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(answer)
            while True:
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.05)
        except OSError:
            writer.close()

    listening = await asyncio.start_server(drip, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    box = Mailbox(
        host="localhost",
        port=port,
        user="a",
        password="b",
        folder="INBOX",
        roots=str(tmp_path / "authority.pem"),
        patience=1,
    )
    begun = time.monotonic()
    with pytest.raises(NotReached):
        await asyncio.to_thread(box.unread, seen={})
    assert time.monotonic() - begun < 8
    listening.close()


def test_an_address_says_it_all_and_is_not_repeated() -> None:
    box = mailbox_at("imaps://answers%40house.example:p%2Fw%20%3A@mail.house.example:1993/In%20here")
    assert (box.host, box.port, box.user, box.password) == (
        "mail.house.example",
        1993,
        "answers@house.example",
        "p/w :",
    )
    assert (box.folder, mailbox_at("imaps://a:b@host").folder, mailbox_at("imaps://a:b@host/").port) == (
        "In here",
        "INBOX",
        993,
    )
    assert "p/w" not in repr(box)
    for wrong in (
        "imap://a:secret@host",
        "imaps://host",
        "imaps://a@host",
        "https://a:secret@host",
        "secret",
        "imaps://a:secret@host:x",
    ):
        with pytest.raises(ValueError) as refused:
            mailbox_at(wrong)
        assert "secret" not in str(refused.value)


def test_a_mailbox_is_known_by_where_it_is_alone() -> None:
    box = mailbox_at("imaps://a:b@host")
    assert box.key == mailbox_at("imaps://a:other@host:993/INBOX").key
    assert len({box.key, mailbox_at("imaps://b:b@host").key, mailbox_at("imaps://a:b@host/Other").key}) == 3
