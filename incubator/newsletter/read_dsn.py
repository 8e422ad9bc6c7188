"""A mail that came back (a delivery status notification, RFC 3464): which copy it is about, and whether for good."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import Compat32
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.bounce import note_bounce
from incubator.newsletter.links import named_by

LARGEST = 2_000_000
LONGEST_HEADER, MOST_PARTED = 10_000, 30
"""Characters of a header, and parts that hold parts: far more than mail servers write. Of longer headers and of parts in
parts the parser's time grows with the square of their size."""
PARTED = re.compile(rb"multipart/", re.I)
MESSAGE_ID = re.compile(r"<([^<>@\s]{1,200})@[^<>@\s]{1,255}>")
STATUS = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})(?=\s|$|\()")


class HeaderTooLong(ValueError):
    """No mail server writes such a one."""


class Short(Compat32):
    """Headers of a length at which they are read in a moment."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        if sum(map(len, sourcelines)) > LONGEST_HEADER:
            raise HeaderTooLong
        return super().header_source_parse(sourcelines)


SHORT = Short()


@dataclass(frozen=True, slots=True)
class CameBack:
    """A copy of ours that was refused for good, and the enhanced code."""

    issue_id: UUID
    subscription_id: UUID
    status: str


async def take_bounce(tx: Tx, *, content: bytes, now: datetime) -> bool:
    """Count it against the subscription that it is about; whether it was one of ours, for good, and news."""
    found = read_dsn(content)
    if found is None:
        return False
    return await note_bounce(
        tx, issue_id=found.issue_id, subscription_id=found.subscription_id, status=found.status, now=now
    )


def read_dsn(content: bytes) -> CameBack | None:
    """Nothing where it is no such notification, only a delay, or about no mail of ours. Whoever writes one must know
    the Message-ID, which is sealed."""
    if len(content) > LARGEST or len(PARTED.findall(content)) > MOST_PARTED:
        return None
    try:
        return _read(content)
    except (RecursionError, HeaderTooLong):  # mails in mails in mails: no mail server writes so
        return None


def _read(content: bytes) -> CameBack | None:
    status, name = None, None
    for part in _parts(message_from_bytes(content, policy=SHORT)):
        match part.get_content_type():
            case "message/delivery-status":
                status = status or _failed(part)
            case "message/rfc822" | "text/rfc822-headers" | "message/global" | "message/global-headers":
                name = name or _name(part)
    copy = named_by(name) if name else None
    return CameBack(*copy, status) if copy and status else None


def _parts(message: Message) -> Iterator[Message]:
    """The mail and all that is in it, as `walk` gives them, but in a time that grows with their number alone."""
    left = [message]
    while left:
        part = left.pop()
        yield part
        inner = part.get_payload()
        if isinstance(inner, list):
            left += reversed([each for each in inner if isinstance(each, Message)])


def _failed(part: Message) -> str | None:
    """The code of the first recipient that failed: our mails have one."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        found = STATUS.match(str(block.get("Status", "")))
        if str(block.get("Action", "")).strip().lower() == "failed" and found:
            return found[1]
    return None


def _name(part: Message) -> str | None:
    """The left side of the Message-ID of the mail that came back, whole or its head alone."""
    inner = part.get_payload()
    head: Message | None = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
    if head is None:
        raw = part.get_payload(decode=True)
        head = message_from_bytes(raw, policy=SHORT) if isinstance(raw, bytes) else EmailMessage()
    found = MESSAGE_ID.search(str(head.get("Message-ID", "")))
    return found[1] if found else None
