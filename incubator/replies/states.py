"""What an answer says, and what became of a mail."""

from enum import StrEnum


class Says(StrEnum):
    """What a calendar answers (PARTSTAT), in small letters."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Outcome(StrEnum):
    """What became of a mail; `being_read` while somebody is at it."""

    BEING_READ = "being_read"
    CANCELLED = "cancelled"
    """It is called off, as it was asked for."""
    NOTED = "noted"
    REFUSED = "refused"
    """It could not be called off, and who answered was told."""
    OLD = "old"
    """They have answered again since, or it is called off already, or over."""
    AGAIN = "again"
    """A second copy."""
    NO_ANSWER = "no_answer"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_INVITED = "not_invited"
    """To nothing that anybody has in their calendar from us, or not from the one who was asked."""
    UNCHECKED = "unchecked"
    """The mail server does not vouch for its sender."""


LEFT = frozenset({Outcome.NO_ANSWER, Outcome.UNREADABLE, Outcome.TOO_LARGE, Outcome.NOT_INVITED, Outcome.UNCHECKED})
"""Left in the mailbox as new, for people."""
