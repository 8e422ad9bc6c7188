"""The program that reads one mail, in a process of its own with little memory and time (read_mail.py).

It gets the mail as it came and answers with one JSON object: who wrote it, to whom, what their calendar answers, and
what servers on the way found out about it; or `problem`, a word. It imports nothing of the house, so it knows nothing
that a hostile mail could carry away.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import Message
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

MOST_NESTED, MOST_RULES, MOST_PARTS, MOST_EVENTS, LARGEST, LONGEST = 16, 2000, 60, 50, 200_000, 500

HOME = ZoneInfo("Europe/Warsaw")
CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-2", "windows-1250", "windows-1252", "utf-16"}
RECEIVED_BY = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
ADDRESS = re.compile(r"[A-Za-z0-9._+=~-]{1,64}@[A-Za-z0-9.-]{1,255}")
WRITER = re.compile(r"(?:[^<>]*<)?\s*([^\s<>@\",;:()]{1,64}@[A-Za-z0-9.-]{1,255})\s*>?\s*")
SOMEBODY = re.compile(r"[^\s<>@\",;:()]+@[a-z0-9.-]+")
HAS_TO_BE_WHOLE = {"UID", "ATTENDEE", "SEQUENCE", "DTSTAMP", "RECURRENCE-ID"}


class NoAnswer(Exception):
    """A mail like any other."""


class Unreadable(Exception):
    """Made to be more work than a mail is."""


def main() -> None:
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)


def answer(octets: bytes) -> dict[str, object]:
    try:
        return read(octets)
    except NoAnswer:
        return {"problem": "no_answer"}
    except Exception as error:  # libraries raise what they like at a broken mail; this is where it ends
        print(type(error).__name__, file=sys.stderr)
        return {"problem": "unreadable"}


def read(octets: bytes) -> dict[str, object]:
    """Raises NoAnswer, Unreadable, and whatever the libraries do."""
    lower = octets.lower()
    # Each part within a part needs one of these words, and libraries go down as many steps as there are; parts beside
    # each other are told apart by lines that begin so.
    if lower.count(b"boundary") > MOST_NESTED or lower.count(b"message/") > MOST_NESTED:
        raise Unreadable()
    if lower.count(b"\n--") > MOST_RULES:
        raise Unreadable()
    mail = message_from_bytes(octets)
    calendar, written = the_answer(mail)
    events = calendar.walk("VEVENT")[:MOST_EVENTS]
    by_itself = said(mail.get("Auto-Submitted", "")).lower().startswith("auto-replied")
    answers = [{**found, "by_itself": by_itself} for event in events for found in answers_in(event)]
    if not answers:
        raise NoAnswer()
    named = str(mail.get("Message-ID", "")).strip()
    return {
        "sender": sender_of(mail),
        "to": [*told_to(mail), *{mailbox(event.get("ORGANIZER", "")) for event in events}],
        "told": hashlib.sha256(f"{named}\n{written}".encode("utf-8", "replace")).hexdigest(),
        "answers": answers,
        "checked": [said(each) for each in mail.get_all("Authentication-Results", [])[:10]],
    }


def the_answer(mail: Message) -> tuple[Component, str]:
    """The first calendar in it, where that is an answer, and as it is written. Raises NoAnswer."""
    for part in parts_of(mail):
        written = text_of(part)
        if "BEGIN:VCALENDAR" not in written[:1000].upper():
            continue
        calendar = Calendar.from_ical(written)
        inside = str(calendar.get("METHOD", "")).strip().upper()
        outside = str(part.get_param("method", "") or "").strip().upper()
        if {inside, outside} - {""} != {"REPLY"}:
            break
        return calendar, written
    raise NoAnswer()


def parts_of(mail: Message) -> Iterator[Message]:
    """Where a calendar may stand, those beside the text before the files. Not within a mail that was passed on, nor in a
    report of one."""
    found: list[Message] = []
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        if part.get_content_type() == "multipart/report":
            continue
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inner = part.get_payload()
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        elif part.get_content_type() == "text/calendar" or is_file(part):
            found.append(part)
    yield from sorted(found, key=lambda part: part.get_content_type() != "text/calendar")


def is_file(part: Message) -> bool:
    kind, name = part.get_content_type(), str(part.get_filename() or "").lower()
    return kind == "application/ics" or (kind == "application/octet-stream" and name.endswith(".ics"))


def text_of(part: Message) -> str:
    """Raises Unreadable for more than an answer has."""
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes):
        return ""
    if len(octets) > LARGEST:
        raise Unreadable()
    charset = str(part.get_content_charset() or "utf-8").lower()
    text = octets.decode(charset if charset in CHARSETS else "utf-8", "replace")
    return text.lstrip("\ufeff").replace("\0", "").strip()


def answers_in(event: Component) -> Iterator[dict[str, object]]:
    """What each that it names says; nothing of an event that is broken where it matters."""
    # A line that cannot be taken apart may have been the one that says which date is meant.
    if any(name is None or name in HAS_TO_BE_WHOLE for name, _ in event.errors):
        raise Unreadable()
    named = event.get("ATTENDEE", [])
    for attendee in named if isinstance(named, list) else [named]:
        yield {
            "uid": str(event.get("UID", ""))[:LONGEST],
            "attendee": mailbox(attendee),
            "says": str(attendee.params.get("PARTSTAT", "")).strip().upper()[:LONGEST],
            "sequence": int(event.get("SEQUENCE", 0)),
            "written_at": instant(event.get("DTSTAMP")),
            "at": instant(event.get("RECURRENCE-ID")),
            "and_following": "RANGE" in getattr(event.get("RECURRENCE-ID"), "params", {}),
            "comment": comment_in(event, attendee.params.get("X-RESPONSE-COMMENT", "")),
        }


def instant(said: object) -> str | None:
    """In UTC; what has no zone is meant on the clock here. Raises Unreadable for a day, which nothing of ours is at."""
    if said is None:
        return None
    moment: date | None = getattr(said, "dt", None)
    if not isinstance(moment, datetime):
        raise Unreadable()
    return (moment if moment.tzinfo else moment.replace(tzinfo=HOME)).astimezone(UTC).isoformat()


def comment_in(event: Component, otherwise: object) -> str:
    found = event.get("COMMENT", otherwise)
    texts = found if isinstance(found, list) else [found]
    whole = " ".join(" ".join(str(each) for each in texts[:5]).split())
    return "".join(each for each in whole if each.isprintable())[:LONGEST]


def mailbox(said: object) -> str:
    address = str(said).strip()
    return (address[7:] if address.lower().startswith("mailto:") else address).strip().lower()[:LONGEST]


def sender_of(mail: Message) -> str:
    """The one address that it is from, which may stand there as its name too; empty where that can be read in two
    ways."""
    named = [said(each) for each in mail.get_all("From", [])]
    found = WRITER.fullmatch(named[0]) if len(named) == 1 and len(named[0]) < LONGEST else None
    if found is None:
        return ""
    address, told = found[1].lower(), [each.lstrip("'") for each in SOMEBODY.findall(named[0].lower())]
    return address if set(told) == {address} and named[0].count("@") == len(told) else ""


def told_to(mail: Message) -> Iterable[str]:
    headers = [said(each) for name in RECEIVED_BY for each in mail.get_all(name, [])[:10]]
    return [found.lower() for header in headers for found in ADDRESS.findall(header)[:20]]


def said(header: object) -> str:
    return " ".join(str(header)[:5000].split())
