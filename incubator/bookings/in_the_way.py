"""What stands in the way of a block or a closure, as the coordinator is shown it who has to say what
becomes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from incubator.bookings.blocks import BlockView
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.views import BookingView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period

Answer = Literal["ask", "keep", "cancel"]
"""What is to become of bookings in the way: `ask` refuses and names them, `keep` lets them stand,
`cancel` cancels them and writes to who booked."""

MOST = 100
"""So many are named; `count` tells of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """Something that takes the time: `kind` is booking, block, meeting, session or outside. `who` is
    the organisation or person; `period` is what it takes. `state` is a booking's, else empty."""

    kind: str
    id: UUID
    who: str
    space_id: UUID
    space_name_pl: str
    space_name_en: str
    period: Period
    state: str
    can_be_cancelled: bool


class BookingsInTheWay(Conflict):
    """Nothing was done: `items` are the first of the `count` that stand in the way."""

    code = "bookings_in_the_way"
    sentence = N_("Bookings or blocks stand in the way: {count}.")

    def __init__(self, found: Sequence[InTheWay]) -> None:
        super().__init__()
        self.count = len(found)
        self.items = list(found[:MOST])


def told_of_booking(booking: BookingView, period: Period | None = None) -> InTheWay:
    """`period` where it takes more than its own time: a turnaround."""
    return InTheWay(
        kind="booking",
        id=booking.id,
        who=booking.organisation_name or booking.account_name,
        space_id=booking.space_id,
        space_name_pl=booking.space_name_pl,
        space_name_en=booking.space_name_en,
        period=period or booking.period,
        state=booking.state.value,
        can_be_cancelled=State.CANCELLED in ALLOWED[booking.state],
    )


def told_of_block(block: BlockView) -> InTheWay:
    return InTheWay(
        kind="block",
        id=block.id,
        who=block.created_by_name,
        space_id=block.space_id,
        space_name_pl=block.space_name_pl,
        space_name_en=block.space_name_en,
        period=block.period,
        state="",
        can_be_cancelled=False,
    )


def has_lapsed(booking: BookingView, now: datetime) -> bool:
    """Whether it is a hold that ran out and was not tidied up yet: it stands in nobody's way."""
    return booking.state == State.HELD and booking.hold_expires_at is not None and booking.hold_expires_at <= now
