"""What a move draws of what its holder was granted, beside what is drawn now."""

from dataclasses import dataclass

from incubator.bookings.credit_use import credit_use
from incubator.bookings.views import BookingView
from incubator.credits.queries import credits_by_id
from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnThere:
    """Minutes of a room or days of a desk, as `kind` says: drawn `before` and `after`; `left` of what it is drawn from
    then, or was, once it is moved. `another`: it is drawn from another credit than before."""

    kind: str
    before: int
    after: int
    left: int
    another: bool

    @property
    def more(self) -> int:
        return self.after - self.before


async def drawn_there(tx: Tx, *, booking: BookingView, moved: BookingView) -> DrawnThere | None:
    """None where it draws on nothing, here or there."""
    key = moved.credit_id or booking.credit_id
    if key is None:
        return None
    before, after = await credit_use(tx, booking=booking), await credit_use(tx, booking=moved)
    (credit,) = await credits_by_id(tx, ids=[key])
    another = None not in (booking.credit_id, moved.credit_id) and booking.credit_id != moved.credit_id
    returned = before if booking.credit_id == key else 0
    taken = after if moved.credit_id == key else 0
    return DrawnThere(
        kind=credit.kind, before=before, after=after, left=credit.left + returned - taken, another=another
    )
