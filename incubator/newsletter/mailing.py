"""One copy as it travels. Everything but the few lines that are about one reader is made once for each language, so
ten thousand copies cost little more than their bytes."""

import quopri
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from secrets import token_hex
from uuid import UUID

from incubator.newsletter.compose import filled
from incubator.newsletter.links import manage_path, message_name, stop_path
from incubator.newsletter.views import LetterView
from incubator.web.i18n import translator
from incubator.web.letters import letter, stationery

MARK = f"@@{token_hex(8)}@@"
"""Stands on a line of its own where the reader's link goes; such a line is never folded. No writer can guess it."""
IN_TEXT, IN_HTML = f"\r\n{MARK}\r\n".encode(), f'\r\nhref=3D"{MARK}"\r\n'.encode()


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a mail that is the same for everybody, in three pieces between which the reader's link goes."""

    domain: str
    head: bytes
    middle: bytes
    tail: bytes


@dataclass(frozen=True, slots=True)
class Personal:
    """What is one reader's own: lines of the head, and where they change what they get."""

    head: bytes
    manage: str


def sheet(told: LetterView, *, gmina_name: str | None, sender: str, archive: str, now: datetime) -> Sheet:
    """`archive`: where it can be read on the web, if it can."""
    message = _message(told, gmina_name, sender, archive, now)
    head, _, rest = message.as_bytes().partition(IN_TEXT)
    middle, _, tail = rest.partition(IN_HTML)
    assert middle and tail, "the reader's link has no place"
    return Sheet(domain_of(sender), head, middle, tail)


def personal_to(subscription_id: UUID, *, issue_id: UUID, email: str, domain: str) -> Personal:
    """With one-click unsubscribing (RFC 8058)."""
    address = stationery().globals["address"]
    lines = (
        f"To: {email}",
        f"Message-ID: <{message_name(issue_id, subscription_id)}@{domain}>",
        f"List-Unsubscribe: <{address}{stop_path(subscription_id)}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    )
    return Personal(
        "".join(f"{line}\r\n" for line in lines).encode("ascii"), f"{address}{manage_path(subscription_id)}"
    )


def personal_to_author(email: str) -> Personal:
    """Of a copy to try: its reader is no subscriber by it."""
    return Personal(f"To: {email}\r\n".encode("ascii"), f"{stationery().globals['address']}/newsletter")


def copy_for(made: Sheet, personal: Personal) -> bytes:
    """The whole mail for one reader."""
    text, link = _printable(personal.manage), _printable(f'href="{personal.manage}"')
    return b"".join((personal.head, made.head, text, made.middle, link, made.tail))


def as_text(told: LetterView, *, manage: str, archive: str) -> str:
    """The plain-text part, with its foot."""
    return letter("newsletter/mail/foot.txt", told.locale, told=told, manage=manage, archive=archive).text


def _message(told: LetterView, gmina_name: str | None, sender: str, archive: str, now: datetime) -> EmailMessage:
    name, address = parseaddr(sender)
    from_whom = gmina_name or translator(told.locale).gettext("Kraków Metropolis")
    page = filled(
        "newsletter/mail/frame.html",
        told.locale,
        subject=told.subject,
        body=told.html,
        from_whom=from_whom,
        manage=MARK,
        archive=archive,
    )
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=address)
    message["Subject"] = told.subject
    message["Date"] = format_datetime(now)
    message["List-Id"] = f"<newsletter.{domain_of(sender)}>"
    message["Precedence"] = "bulk"
    message.set_content(as_text(told, manage=MARK, archive=archive), cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    return message


def domain_of(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _printable(line: str) -> bytes:
    """A whole line, and the break before it."""
    return b"\r\n" + quopri.encodestring(line.encode()).replace(b"\n", b"\r\n") + b"\r\n"
