"""Sync tokens (RFC 6578, 3.2): the versions under which a client last saw a calendar. Pure.

They say nothing that the client does not know, and one that was made up hurts nobody but its maker.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from incubator.kernel.period import monday_of

PREFIX = "urn:incubator:sync:"
DAY = "%Y%m%d"
PAIR = struct.Struct("!16sQ")
MOST = 1_000
"""Calendars do not show more things than that by their keys."""


@dataclass(frozen=True, slots=True)
class Token:
    """`form` names how things were written, `locale` in which language, and `monday` which stretch of time was shown."""

    form: int
    monday: date
    locale: str
    versions: Mapping[UUID, int]

    def __str__(self) -> str:
        packed = b"".join(PAIR.pack(key.bytes, version) for key, version in sorted(self.versions.items()))
        return f"{PREFIX}{self.form}-{self.monday:{DAY}}-{self.locale}:{urlsafe_b64encode(packed).decode()}"


def token_of(text: str) -> Token | None:
    """None for what is no token of ours."""
    head, parted, packed = text.removeprefix(PREFIX).partition(":")
    form, _, rest = head.partition("-")
    monday, _, locale = rest.partition("-")
    if not text.startswith(PREFIX) or not parted or len(packed) > MOST * PAIR.size * 2:
        return None
    try:
        pairs = PAIR.iter_unpack(urlsafe_b64decode(packed.encode("ascii")))
        versions = {UUID(bytes=key): version for key, version in pairs}
        token = Token(int(form), datetime.strptime(monday, DAY).replace(tzinfo=UTC).date(), locale, versions)
    except (Error, ValueError, struct.error):
        return None
    return token if token.monday == monday_of(token.monday) else None
