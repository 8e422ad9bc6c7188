"""Refusals: what the house says instead of yes.

A refusal stands beside the verb that raises it, carries data, and knows no HTTP. `code` is stable,
unique and published; `sentence` is an English msgid with the refusal's own fields in braces.
"""

from dataclasses import dataclass
from typing import ClassVar


def N_(message: str) -> str:
    """Mark a text for the translation catalogue without translating it here."""
    return message


@dataclass(eq=False)
class Refusal(Exception):
    """Base of everything that is refused with a reason."""

    code: ClassVar[str] = ""
    sentence: ClassVar[str] = ""

    def __str__(self) -> str:
        return self.sentence.format_map(vars(self))


class Invalid(Refusal):
    """What was asked makes no sense or breaks a rule: change it and ask again."""


class NotSignedIn(Refusal):
    """Nobody knows who asks."""


class Forbidden(Refusal):
    """Who asks may not."""


class NotFound(Refusal):
    """There is no such thing, or who asks may not know of it."""


class Conflict(Refusal):
    """It was a fair wish, and something else came first."""


class Gone(Refusal):
    """It was here, and will not be again."""


class Stale(Refusal):
    """Somebody else changed it since it was read."""


class TooMany(Refusal):
    """Too often; later is fine."""


class TooLarge(Refusal):
    """More bytes than are accepted."""


class Unavailable(Refusal):
    """The house cannot do it now, through no fault of who asks."""
