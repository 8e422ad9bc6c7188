"""Answers as the calendars of all houses write them: real-looking mails, made from an invitation that was mailed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import msgspec
from icalendar import Event

from incubator.db.engine import Database, attempt, statement
from incubator.mail.reply_to import ReplyTo
from incubator.replies.parse import answer
from incubator.replies.read_mail import Mail
from incubator.replies.states import Outcome
from incubator.replies.take import Believed, Place, take
from tests.mail.calendar_app import calendar_in, mails_to
from tests.moments import NOW

REPLY_TO = ReplyTo("answers@house.example", "s" * 32)
BELIEVED = Believed(REPLY_TO)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a calendar answers; `to` is where the invitation said that answers go."""

    uid: str
    to: str
    sender: str
    attendee: str
    says: str = "DECLINED"
    sequence: int = 0
    written_at: datetime = NOW
    at: str = ""
    comment: str = ""
    named: str = "<1@mail.example>"

    @property
    def stamp(self) -> str:
        return f"{self.written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def lines(self, *more: str) -> str:
        said = [
            "BEGIN:VCALENDAR",
            *(more or ("PRODID:-//Google Inc//Google Calendar 70.9054//EN",)),
            "VERSION:2.0",
            "METHOD:REPLY",
            "BEGIN:VEVENT",
            f"DTSTAMP:{self.stamp}",
            f"ORGANIZER:mailto:{self.to}",
            f"UID:{self.uid}",
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={self.says};CN=Anna:mailto:{self.attendee}",
            *([f"RECURRENCE-ID{self.at}"] if self.at else []),
            *([f"COMMENT:{self.comment}"] if self.comment else []),
            f"SEQUENCE:{self.sequence}",
            "DTSTART:20260908T080000Z",
            "SUMMARY:Sala",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
        return "\r\n".join(said) + "\r\n"


async def reply_to_last(db: Database, who: str, says: str = "DECLINED") -> Reply:
    """To the last invitation in somebody's mails."""
    invitations = [found for mail in await mails_to(db, who) for found in [calendar_in(mail)] if found]
    event: Event = [each for each in invitations if each["METHOD"] == "REQUEST"][-1].events[0]
    uid = str(event["UID"])
    to = REPLY_TO.address_for(uid=uid, to=who)
    return Reply(uid=uid, to=to, sender=who, attendee=who, says=says, sequence=int(event["SEQUENCE"]))


def _head(reply: Reply, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Anna Nowak <{reply.sender}>"
    mail["To"] = reply.to
    mail["Subject"] = "Odrzucono: Sala Łąka"
    mail["Message-ID"] = reply.named
    for name, said in headers.items():
        mail[name.replace("_", "-")] = said
    return mail


def gmail(reply: Reply) -> bytes:
    """Text, HTML and calendar beside each other, and the calendar once more as a file."""
    mail = _head(reply, Sender="Google Calendar <calendar-notification@google.com>", Auto_Submitted="auto-generated")
    mail.set_content("Anna Nowak odrzuciła zaproszenie", cte="base64")
    mail.add_alternative("<p>Anna Nowak odrzuciła zaproszenie</p>", subtype="html", cte="quoted-printable")
    mail.add_alternative(reply.lines(), subtype="calendar", cte="8bit", params={"method": "REPLY"})
    mail.add_attachment(reply.lines().encode(), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def outlook(reply: Reply, method: str = "REPLY") -> bytes:
    """Base64, addresses as MAILTO in capitals, the zone by its name in Windows. Who declines and proposes another time
    says COUNTER."""
    mail = _head(reply, X_MS_Exchange_Organization_SCL="-1", Thread_Topic="Sala")
    mail.set_content("\r\n")
    zone = ("PRODID:Microsoft Exchange Server 2010", "BEGIN:VTIMEZONE", "TZID:Central European Standard Time")
    standard = ("BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100")
    winter = ("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD")
    daylight = ("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200")
    summer = ("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE")
    lines = (
        reply.lines(*zone, *standard, *winter, *daylight, *summer)
        .replace("mailto:", "MAILTO:")
        .replace(reply.attendee, reply.attendee.title())
        .replace("METHOD:REPLY", f"METHOD:{method}")
    )
    mail.add_alternative(lines, subtype="calendar", cte="base64", params={"method": method})
    return mail.as_bytes()


def apple(reply: Reply) -> bytes:
    """Quoted-printable, and a name of a file on the calendar itself."""
    mail = _head(reply, X_Mailer="iCloud Calendar")
    mail.set_content("Anna Nowak", cte="quoted-printable")
    params = {"method": "REPLY", "name": "iCal-20260907.ics"}
    mail.add_alternative(reply.lines("CALSCALE:GREGORIAN"), subtype="calendar", cte="quoted-printable", params=params)
    return mail.as_bytes()


def thunderbird(reply: Reply) -> bytes:
    """The calendar as a file with a disposition, long lines folded."""
    mail = _head(reply, User_Agent="Mozilla Thunderbird")
    mail.set_content("Anna Nowak odrzuciła zaproszenie.", cte="8bit")
    folded = "\r\n".join(
        line if len(line) < 60 else f"{line[:50]}\r\n {line[50:]}" for line in reply.lines().splitlines()
    )
    part = EmailMessage(policy=SMTP)
    part.set_content(folded, subtype="calendar", cte="8bit", params={"method": "REPLY"})
    part["Content-Disposition"] = 'attachment; filename="invite.ics"'
    mail.make_mixed()
    mail.attach(part)
    return mail.as_bytes()


def signed(reply: Reply) -> bytes:
    """Within a signature (S/MIME), and with the words that a mailing list adds."""
    inner = gmail(reply)
    head, _, body = inner.partition(b"\r\n\r\n")
    kept = [line for line in head.replace(b"\r\n ", b" ").split(b"\r\n") if not line.startswith(b"Content-Type")]
    [kind] = [line for line in head.replace(b"\r\n ", b" ").split(b"\r\n") if line.startswith(b"Content-Type")]
    return b"\r\n".join(
        [
            *kept,
            b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s1',
            b"",
            b"--s1",
            kind,
            b"",
            body,
            b"--s1",
            b"Content-Type: application/pkcs7-signature; name=smime.p7s",
            b"Content-Transfer-Encoding: base64",
            b"",
            b"MIIGsw==",
            b"--s1--",
            b"",
        ]
    )


def method_in_header_only(reply: Reply) -> bytes:
    mail = _head(reply)
    lines = reply.lines().replace("METHOD:REPLY\r\n", "")
    mail.set_content(lines, subtype="calendar", cte="8bit", params={"method": "reply"})
    return mail.as_bytes()


def file_alone(reply: Reply) -> bytes:
    mail = _head(reply)
    mail.set_content("Odpowiedź w załączniku")
    octets = reply.lines().encode()
    mail.add_attachment(octets, maintype="application", subtype="octet-stream", filename="REPLY.ICS")
    return mail.as_bytes()


def together(first: Reply, *more: Reply) -> bytes:
    """Several answers in one calendar, as to a series and to dates of it."""
    mail = _head(first)
    events = "".join(each.lines().partition("METHOD:REPLY\r\n")[2].removesuffix("END:VCALENDAR\r\n") for each in more)
    lines = first.lines().replace("END:VCALENDAR", f"{events}END:VCALENDAR")
    mail.set_content(lines, subtype="calendar", cte="8bit", params={"method": "REPLY"})
    return mail.as_bytes()


SHAPES: Mapping[str, Callable[[Reply], bytes]] = {
    shape.__name__: shape for shape in (gmail, outlook, apple, thunderbird, signed, method_in_header_only, file_alone)
}


def read(octets: bytes) -> Mail | Outcome:
    """In this process: `test_read_mail.py` reads in one of its own."""
    found = answer(octets)
    return Outcome(str(found["problem"])) if "problem" in found else msgspec.json.decode(json.dumps(found), type=Mail)


async def taken(
    db: Database, octets: bytes, *, uid: int = 1, now: datetime = NOW, believed: Believed = BELIEVED
) -> Outcome | None:
    place = Place(box="box", uid_validity=1, uid=uid)
    mail = read(octets)
    return await attempt(db, lambda tx: take(tx, mail=mail, place=place, believed=believed, now=now))


async def told_in(db: Database, to: str) -> str:
    """The text of the last mail to somebody."""
    mail = (await mails_to(db, to))[-1]
    text = mail.get_body(("plain",))
    assert text is not None
    return f"{mail['Subject']}\n{text.get_content()}"


async def booking_state(db: Database, key: UUID | str) -> str:
    async with statement(db) as tx:
        return str(await tx.fetchval("SELECT state FROM booking WHERE id = $1", UUID(str(key))))
