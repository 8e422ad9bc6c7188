"""What goes back of bookings that their holder would call off now: said before they do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from incubator.bookings.give_back_price import as_rules
from incubator.bookings.states import ALLOWED, State
from incubator.db.engine import Tx
from incubator.kernel.money import Amount
from incubator.payments.cancel_charge import ALL_BACK
from incubator.payments.rules import percent_back, share_of
from incubator.pricing.views_lists import StepView

# What is paid for, by the last quote that was kept.
PAID_FOR = """
SELECT booking.id, booking.state, lower(booking.period) AS starts, space.cancel_minutes, kept.net, kept.vat, kept.deposit,
    coalesce((
        SELECT json_agg(step ORDER BY before_minutes DESC) FROM cancellation_step AS step WHERE list_id = kept.list_id
    ), '[]')::text AS steps
FROM booking JOIN space ON space.id = booking.space_id
JOIN LATERAL (
    SELECT * FROM quote WHERE subject_kind = 'booking' AND subject_id = booking.id ORDER BY id DESC LIMIT 1
) AS kept ON kept.gross > 0
WHERE booking.id = ANY($1::uuid[])
"""
CANCELLABLE = frozenset(state for state, following in ALLOWED.items() if State.CANCELLED in following)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingBack:
    """Of a price, in grosz with tax, `back` goes back; a deposit goes back whole. `by_itself` says whether its holder
    may call it off now, `until` when they could at the latest."""

    price: int
    back: int
    deposit: int
    steps: tuple[StepView, ...]
    until: datetime
    by_itself: bool

    @property
    def stays(self) -> int:
        return self.price - self.back


async def going_back(tx: Tx, *, booking_id: UUID, now: datetime) -> GoingBack | None:
    """None where it is not paid for, or cannot be called off any more."""
    return (await going_back_of(tx, booking_ids=[booking_id], now=now)).get(booking_id)


async def going_back_of(tx: Tx, *, booking_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, GoingBack]:
    """For those of the bookings that are paid for and can still be called off."""
    rows = await tx.fetch(PAID_FOR, booking_ids)
    return {row["id"]: _going_back(row, now) for row in rows if row["state"] in CANCELLABLE}


def _going_back(row: asyncpg.Record, now: datetime) -> GoingBack:
    steps = tuple(msgspec.json.decode(row["steps"], type=list[StepView]))
    firm, starts = row["state"] == State.CONFIRMED, row["starts"]
    rules = as_rules(steps) if steps and row["state"] != State.AWAITING_PAYMENT else ALL_BACK
    amount = Amount(row["net"], row["vat"])
    until = starts if steps else starts - timedelta(minutes=row["cancel_minutes"])
    return GoingBack(
        price=amount.gross,
        back=share_of(amount, percent=percent_back(rules, left=starts - now)).gross,
        deposit=row["deposit"],
        steps=steps,
        until=until,
        by_itself=not firm or (now < until if steps else now <= until),
    )
