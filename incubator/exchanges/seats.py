"""Take seats of a session and give them back: verbs, and the pieces of the statements that take them along with
what they put down (docs/decisions/0010). The check `session_not_overfull` is the judge of the last one.

Whoever registers and whoever calls a session off meet at the row of its seats: it is `open` while the session is
published, and nothing is taken of one that is not. Locked after the session, where both are.
"""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True)
class Seats:
    """How many there are (None: no limit), how many are taken or offered, and whether more may be taken."""

    capacity: int | None
    taken: int
    open: bool

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


def taking(*, session: str, seats: str, also: str = "true") -> str:
    """Takes `seats` of the session where it is open and so many are free, and returns its id and `taken`; no row
    where not. `also` is one condition more, on session_seats. Of many at once, who comes second looks again."""
    return f"""
UPDATE session_seats SET taken = session_seats.taken + {seats}
WHERE session_seats.session_id = {session} AND session_seats.open AND ({also})
    AND (session_seats.capacity IS NULL OR session_seats.taken + {seats} <= session_seats.capacity)
RETURNING session_seats.session_id, session_seats.taken
"""


def giving(*, session: str, seats: str) -> str:
    """Gives `seats` of the session back, whether it is open or not."""
    return f"""
UPDATE session_seats SET taken = session_seats.taken - {seats} WHERE session_seats.session_id = {session}
RETURNING session_seats.session_id, session_seats.taken
"""


TAKE = taking(session="$1", seats="$2::int")
GIVE = giving(session="$1", seats="$2::int")
SEATS = "SELECT capacity, taken, open FROM session_seats WHERE session_id = $1"


async def take_seats(tx: Tx, *, session_id: UUID, seats: int) -> bool:
    """Whether so many were free and are taken now."""
    return await tx.fetchrow(TAKE, session_id, seats) is not None


async def give_seats(tx: Tx, *, session_id: UUID, seats: int) -> None:
    """Breaks `session_seats_not_negative` where they were given back already."""
    await tx.execute(GIVE, session_id, seats)


async def seats_of(tx: Tx, *, session_id: UUID, lock: bool = False) -> Seats:
    """With `lock`, nobody takes one until the transaction is over."""
    row = await tx.fetchrow(f"{SEATS} {'FOR NO KEY UPDATE' if lock else ''}", session_id)
    assert row is not None  # announced along with its session
    return Seats(**row)
