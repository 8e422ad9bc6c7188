"""Codes that people read off a paper and type."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that could be read as something else."""


def new_check_code() -> str:
    """Twelve random letters and digits (60 bits) in three groups."""
    return spelled("".join(secrets.choice(ALPHABET) for _ in range(12)))


def spelled(code: str) -> str:
    """A code as it is kept, however somebody typed it."""
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)[:12]
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))
