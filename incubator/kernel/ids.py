"""Identifiers and secrets."""

import base64
import hashlib
import hmac
import os
import secrets
import time
from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
GminaId = NewType("GminaId", UUID)
IncubatorId = NewType("IncubatorId", UUID)
SpaceId = NewType("SpaceId", UUID)
BookingId = NewType("BookingId", UUID)
ResourceId = NewType("ResourceId", int)
"""Bigint below 2**30: it is packed into the key of the exclusion constraint."""


def uuid7() -> UUID:
    """A time-ordered identifier (RFC 9562, section 5.7)."""
    millis = time.time_ns() // 1_000_000
    value = int.from_bytes(millis.to_bytes(6) + os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def new_secret() -> str:
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def derived_secret(secret: str, word: str) -> str:
    """A secret that `secret` and `word` give again, and `word` alone never: 256 bits (HMAC-SHA-256)."""
    told = hmac.digest(secret.encode(), word.encode(), "sha256")
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def digest(secret: str) -> bytes:
    """What is stored of a secret. A plain SHA-256 is enough for 256 random bits; passwords get argon2."""
    return hashlib.sha256(secret.encode()).digest()
