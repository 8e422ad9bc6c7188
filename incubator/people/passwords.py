"""Passwords, kept as argon2id (argon2-cffi, the parameters of RFC 9106 for little memory).

Hashing takes tens of milliseconds and 64 MiB: it runs in a thread, and outside of transactions, so
that no connection waits for it.
"""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()


async def hash_password(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.to_thread(HASHER.hash, password)


async def is_password(kept: str | None, password: str) -> bool:
    """Whether `password` is the one that `kept` was made of. Without one kept the same work is done
    for nothing, so that the time taken tells nobody who has an account."""
    return await asyncio.to_thread(_verify, kept, password)


def _verify(kept: str | None, password: str) -> bool:
    nobodys = _nobodys()
    try:
        return HASHER.verify(kept or nobodys, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody's password")
