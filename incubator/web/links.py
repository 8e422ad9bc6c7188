"""Links in mails that stand for who got them: what they serve, sealed with the secret of the house, so that
nothing has to be kept for them and a job can write them again."""

import hmac
import secrets
from uuid import UUID

from incubator.kernel.ids import derived_secret

_house = [secrets.token_urlsafe(32)]


def seal_with(secret: str) -> None:
    """Say once, when the process starts, what the house seals with; all of its processes with the same."""
    if secret:
        _house[0] = secret


def seal(word: str, key: UUID) -> str:
    """What makes a link to the thing `key` one that only its reader has; `word` says what the link is for."""
    return derived_secret(_house[0], f"{word}:{key}")


def sealed(word: str, key: UUID, given: str) -> bool:
    """Whether `given` is the seal of it."""
    return hmac.compare_digest(seal(word, key).encode(), given.encode("utf-8", "replace"))
