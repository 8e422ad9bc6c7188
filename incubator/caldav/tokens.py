"""Sync tokens (RFC 6578, 3.2): the versions under which a client last saw a calendar. Pure.

They say nothing that the client does not know, and one that was made up hurts nobody but its maker.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

PREFIX = "urn:incubator:sync:"
PAIR = struct.Struct("!16sQ")
MOST = 1_000
"""Calendars do not show more things than that by their keys."""


@dataclass(frozen=True, slots=True)
class Token:
    """`form` names how things were written and which stretch of time was shown: another one shows other things."""

    form: str
    versions: Mapping[UUID, int]

    def __str__(self) -> str:
        packed = b"".join(PAIR.pack(key.bytes, version) for key, version in sorted(self.versions.items()))
        return f"{PREFIX}{self.form}:{urlsafe_b64encode(packed).decode()}"


def token_of(text: str) -> Token | None:
    """None for what is no token of ours."""
    form, parted, packed = text.removeprefix(PREFIX).partition(":")
    if not text.startswith(PREFIX) or not parted or len(packed) > MOST * PAIR.size * 2:
        return None
    try:
        pairs = PAIR.iter_unpack(urlsafe_b64decode(packed.encode("ascii")))
        return Token(form, {UUID(bytes=key): version for key, version in pairs})
    except (Error, ValueError, struct.error):
        return None
