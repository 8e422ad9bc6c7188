"""What binds the newsletter. Pure: plain values in, an answer out."""

from datetime import datetime, timedelta

LINK_LIVES = timedelta(days=7)
"""How long the link in the mail confirms."""
PENDING_KEPT = timedelta(days=30)
"""Who asked and never confirmed is forgotten after this."""
ENDED_KEPT = timedelta(days=3 * 365)
"""Who left is kept so long as the proof that they had asked, their address included."""

TRIES = 6
FIRST_PAUSE = timedelta(minutes=5)
"""Before the second try; each next one is three times as long: greylisting is over after minutes, a full mailbox
after hours."""
TAKEN_FOR_DEAD = timedelta(minutes=15)
"""A copy that is being handed over for so long is not: its worker died. Far longer than a server may take."""

NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""RFC 3463, and RFC 7505 for 5.1.10: there is nobody there, and there will not be."""
PATIENCE = 3
"""So many mails in a row that were refused for good for another reason end a subscription as well."""


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return FIRST_PAUSE * int(3 ** (tries - 1))


def ends_subscription(*, status: str, bounces: int) -> bool:
    """Whether a refusal for good ends the subscription. `status` is the enhanced code where one was given, `bounces`
    how many there were in a row with this one."""
    return status in NO_SUCH_MAILBOX or bounces >= PATIENCE


def link_is_over(*, asked_at: datetime, now: datetime) -> bool:
    """Whether the link in the mail confirms no more."""
    return now >= asked_at + LINK_LIVES
