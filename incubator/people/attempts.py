"""How often something may be tried: counted in PostgreSQL, so that every process counts alike.

Count in a transaction of its own and commit it before the deed, else a failed deed would take its
count back with it. What is stored is a digest of whom it was counted for, never an address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, TooMany
from incubator.kernel.ids import digest


@dataclass(frozen=True, slots=True)
class Limit:
    """`times` in each window; `what` keeps one limit's counts apart from another's."""

    what: str
    times: int
    window: timedelta


LINKS_TO_ADDRESS = Limit("link:address", 5, timedelta(hours=1))
LINKS_FROM_CLIENT = Limit("link:client", 30, timedelta(hours=1))
LINK_USES_FROM_CLIENT = Limit("use:client", 60, timedelta(hours=1))
PASSWORDS_OF_ADDRESS = Limit("password:address", 10, timedelta(minutes=15))
PASSWORDS_FROM_CLIENT = Limit("password:client", 50, timedelta(minutes=15))
INVITATIONS_BY_ACCOUNT = Limit("invite:account", 50, timedelta(days=1))
INVITATIONS_TO_ADDRESS = Limit("invite:address", 10, timedelta(days=1))


class TooOften(TooMany):
    """The window is used up; it is over in `minutes`."""

    code = "too_often"
    sentence = N_("That was too often. Please try again in {minutes} min.")

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes


COUNT = """
INSERT INTO attempt (key, window_start, count) VALUES ($1, $2, 1)
ON CONFLICT (key, window_start) DO UPDATE SET count = attempt.count + 1 RETURNING count
"""


async def count_attempts(tx: Tx, *tries: tuple[Limit, str], now: datetime) -> None:
    """Count one try under each limit for whom it names. Raises TooOften for the first that is used up."""
    # In one order, so that two tries by the same people never wait for each other in a ring.
    for limit, whom in sorted(tries, key=lambda each: (each[0].what, each[1])):
        start = _window_start(limit, now)
        count = await tx.fetchval(COUNT, digest(f"{limit.what}:{whom}"), start)
        if count > limit.times:
            left = start + limit.window - now
            raise TooOften(int(left.total_seconds() // 60) + 1)


def _window_start(limit: Limit, now: datetime) -> datetime:
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
