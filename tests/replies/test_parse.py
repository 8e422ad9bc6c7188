"""A mail is read as whoever wrote it meant it, or not at all: quickly, whatever it is made of."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.replies.parse import answer
from incubator.replies.read_mail import APART, Mail, MailReader
from incubator.replies.states import Outcome
from tests.moments import NOW
from tests.replies.answers import SHAPES, Reply, file_alone, gmail, method_in_header_only, outlook, read

UID = "0199b6c8-0000-7000-8000-000000000001"
REPLY = Reply(
    uid=UID,
    to="answers+abcdefghijklmnopqrstuvwxyz234567@house.example",
    sender="anna.nowak@example.com",
    attendee="anna.nowak@example.com",
    sequence=3,
    comment="Źle się czuję\\, przepraszam",
)


@pytest.mark.parametrize("shape", SHAPES)
def test_all_calendars_are_read_alike(shape: str) -> None:
    mail = read(SHAPES[shape](REPLY))
    assert isinstance(mail, Mail)
    assert (mail.sender, REPLY.to in mail.to) == ("anna.nowak@example.com", True)
    [said] = mail.answers
    assert (said.uid, said.attendee, said.says, said.sequence) == (UID, mail.sender, "DECLINED", 3)
    assert (said.written_at, said.at, said.and_following) == (NOW, None, False)
    assert said.comment == "Źle się czuję, przepraszam"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_copy_is_known_and_another_is_not(shape: str) -> None:
    first, copy = read(SHAPES[shape](REPLY)), read(b"Received: elsewhere\r\n" + SHAPES[shape](REPLY))
    others = [read(SHAPES[shape](replace(REPLY, named="<2@x>"))), read(SHAPES[shape](replace(REPLY, says="ACCEPTED")))]
    assert isinstance(first, Mail) and isinstance(copy, Mail)
    assert first.told == copy.told
    assert all(isinstance(each, Mail) and each.told != first.told for each in others)


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("anna@example.com", "anna@example.com"),
        ("<Anna@Example.COM>", "anna@example.com"),
        ('"Nowak, Anna" <anna@example.com>', "anna@example.com"),
        ("=?utf-8?b?xYHEhWth?= <anna@example.com>", "anna@example.com"),
        ("Anna\r\n Nowak\r\n <anna@example.com>", "anna@example.com"),
        ('"anna@example.com" <anna@example.com>', "anna@example.com"),
        ("'Anna@Example.com' <anna@example.com>", "anna@example.com"),
        ("O'Neil <o'neil@example.com>", "o'neil@example.com"),
        ('"hanna@example.com" <anna@example.com>', ""),
        ('"anna@example.com.evil.example" <anna@example.com>', ""),
        ('"@anna@example.com" <anna@example.com>', ""),
        ("anna@example.com, jan@example.com", ""),
        ("anna@example.com <jan@example.com>", ""),
        ('"anna@example.com" <jan@example.com>', ""),
        ("<anna@example.com> <jan@example.com>", ""),
        ("anna@example.com(<jan@example.com>", ""),
        ("Anna", ""),
        ("", ""),
        ("<" * 5000, ""),
    ],
)
def test_who_wrote_it_is_one_person_or_nobody(written: str, sender: str) -> None:
    octets = gmail(REPLY).replace(b"From: Anna Nowak <anna.nowak@example.com>", f"From: {written}".encode())
    mail = read(octets)
    assert isinstance(mail, Mail) and mail.sender == sender
    twice = read(b"From: x@example.com\r\n" + octets)
    assert isinstance(twice, Mail) and twice.sender == ""


def report(original: bytes, kind: bytes) -> bytes:
    """As mail servers write of a mail that they could not deliver, or programs of one that was read (RFC 6522)."""
    return (
        b"From: anna.nowak@example.com\r\nAuto-Submitted: auto-replied\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
        b"--r\r\nContent-Type: text/plain\r\n\r\nUndelivered\r\n"
        b"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n"
        b"--r\r\nContent-Type: " + kind + b"\r\n\r\n" + original + b"\r\n--r--\r\n"
    )


def away(original: bytes) -> bytes:
    return (
        b"From: anna.nowak@example.com\r\nAuto-Submitted: auto-replied\r\n"
        b"Content-Type: multipart/mixed; boundary=w\r\n\r\n--w\r\nContent-Type: text/plain\r\n\r\nI am away.\r\n"
        b"--w\r\n" + original + b"\r\n--w--\r\n"
    )


NOT_ONE = {
    "empty": b"",
    "text": b"From: a@example.com\r\n\r\nCannot come",
    "request": gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:REQUEST"),
    "counter": gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
    "no method": method_in_header_only(REPLY).replace(b'method="reply"', b"x=y").replace(b"method=reply", b"x=y"),
    "no event": gmail(REPLY).replace(b"VEVENT", b"VTODO"),
    "nobody": gmail(REPLY).replace(b"ATTENDEE;", b"X-ATTENDEE;"),
    "passed on": b"Content-Type: message/rfc822\r\n\r\n" + gmail(REPLY),
    "passed on in parts": b"Content-Type: multipart/digest; boundary=q\r\n\r\n--q\r\n\r\n"
    + gmail(REPLY)
    + b"\r\n--q--",
    "undelivered": report(gmail(REPLY), b"message/rfc822"),
    "undelivered, in its parts": report(REPLY.lines().encode(), b"text/calendar; method=REPLY"),
    "our own, undelivered": report(gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:REQUEST"), b"message/rfc822"),
    "read receipt": report(
        b"Disposition: manual-action/MDN-sent-manually; displayed", b"message/disposition-notification"
    ),
    "away": b"From: anna.nowak@example.com\r\nAuto-Submitted: auto-replied\r\n\r\nI am away until Monday.",
    "away, with what it answers": away(gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:REQUEST")),
    "rich text of Outlook alone": b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22",
    "enciphered": b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\n" + gmail(REPLY),
    "another time is proposed": outlook(REPLY, "COUNTER"),
    "it is taken back": gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:DECLINECOUNTER"),
    "asked for anew": gmail(REPLY).replace(b"METHOD:REPLY", b"METHOD:REFRESH"),
    "another kind of file": file_alone(REPLY).replace(b"REPLY.ICS", b"REPLY.TXT"),
}


@pytest.mark.parametrize("what", NOT_ONE)
def test_what_is_no_answer_is_left(what: str) -> None:
    assert read(NOT_ONE[what]) in {Outcome.NO_ANSWER, Outcome.UNREADABLE}


def nested(depth: int) -> bytes:
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return heads + gmail(REPLY)


def calendar(*lines: str) -> bytes:
    return method_in_header_only(REPLY).replace(b"SUMMARY:Sala", "\r\n".join(lines).encode())


HOSTILE = {
    "deeply nested": nested(3000),
    "nested as far as it goes": nested(12) + b"\r\n" * 200_000,
    "many parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 90_000,
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
    "digests": b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n" * 2000,
    "many headers": b"X: y\r\n" * 150_000 + gmail(REPLY),
    "a long header": b"To: " + b"a" * 900_000 + b"\r\n" + gmail(REPLY),
    "a long From": b"From: " + b'"<(' * 300_000 + b"\r\n\r\n",
    "brackets": b"Content-Type: text/calendar; " + b'a="' * 100_000 + b"\r\n\r\nBEGIN:VCALENDAR",
    "parameters in pieces": b"Content-Type: text/calendar; "
    + b"; ".join(b"a*%d*=x" % n for n in range(20_000))
    + b"\r\n\r\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?=41?= " * 50_000 + b"\r\n" + gmail(REPLY),
    "one line": b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR" + b"x" * 900_000,
    "a large calendar": calendar(*["X-A:b"] * 150_000),
    "components in components": calendar(*["BEGIN:VEVENT"] * 5000),
    "many attendees": calendar(*["ATTENDEE:mailto:a@example.com"] * 5000),
    "many events": method_in_header_only(REPLY).replace(
        b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT" * 3000
    ),
    "folds": calendar("X-A:" + "\r\n " * 30_000),
    "parameters": calendar("X-A" + ";B=C" * 20_000 + ":d"),
    "quotes": calendar('X-A;B="' + '","' * 20_000 + ":d"),
    "a huge number": calendar("SEQUENCE:" + "9" * 100_000),
    "an odd charset": method_in_header_only(REPLY).replace(b"utf-8", b"punycode"),
    "not of this world": calendar("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "\0\x01\x02"),
    "no octet of ours": bytes(range(256)) * 3000,
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_what_is_made_to_be_work_ends_soon(what: str) -> None:
    begun = time.process_time()
    found = read(HOSTILE[what])
    assert time.process_time() - begun < 5
    assert isinstance(found, Mail | Outcome)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["deeply nested", "a large calendar", "no octet of ours", "many parts"])
async def test_in_a_process_of_its_own_too(what: str) -> None:
    assert await MailReader().read(HOSTILE[what]) == read(HOSTILE[what])


@pytest.mark.parametrize("deed", ["import os; os.abort()", "raise MemoryError", "print('what')", "print('{}')"])
async def test_a_reader_that_is_ended_or_talks_nonsense_has_read_nothing(deed: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"def main():\n    {deed}\n")
    assert await MailReader(replace(APART, program=program)).read(gmail(REPLY)) == Outcome.UNREADABLE


def test_a_broken_line_never_widens_what_is_meant() -> None:
    """Where the date that is meant cannot be read, nothing is taken: not the whole series."""
    one = replace(REPLY, at=";TZID=Europe/Warsaw:20260915T100000")
    whole = gmail(one)
    for broken in (
        b"RECURRENCE-ID;TZID=Europe/Warsaw:2026-09-15",
        b"RECURRENCE-ID;TZID:20260915T100000",
        b"RECURRENCE-ID",
    ):
        found = read(whole.replace(b"RECURRENCE-ID;TZID=Europe/Warsaw:20260915T100000", broken))
        assert found == Outcome.UNREADABLE, broken


FINE = {"deadline": 2000, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
PIECES = sorted({piece for shape in SHAPES.values() for piece in shape(REPLY).split(b"\r\n")} | {b"", b"--", b"\0"})


@settings(max_examples=150, **FINE)  # type: ignore[arg-type]
@given(st.binary(max_size=3000))
def test_no_octets_make_it_raise(octets: bytes) -> None:
    assert "problem" in answer(octets)


@settings(max_examples=150, **FINE)  # type: ignore[arg-type]
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=120))
def test_nor_do_pieces_of_answers_in_any_order(pieces: list[bytes]) -> None:
    assert isinstance(read(b"\r\n".join(pieces)), Mail | Outcome)


@settings(max_examples=150, **FINE)  # type: ignore[arg-type]
@given(
    st.sampled_from(sorted(SHAPES)),
    st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 8), st.binary(max_size=8)), max_size=6),
)
def test_nor_do_answers_that_were_broken_on_the_way(shape: str, slips: list[tuple[int, int, bytes]]) -> None:
    octets = SHAPES[shape](REPLY)
    for where, much, put in slips:
        octets = octets[:where] + put + octets[where + much :]
    assert isinstance(read(octets), Mail | Outcome)
