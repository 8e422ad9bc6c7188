"""Disputes as the desk sees them, and as the pages of a charge say them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.payments.rules import title_of
from incubator.payments.stripe.states import DisputeState

DISPUTE = """
SELECT dispute.id, dispute.charge_id, charge.number, charge.payer, dispute.stripe_id, dispute.amount, dispute.reason,
    dispute.status, dispute.state, dispute.due_at, dispute.opened_at, dispute.ended_at,
    (SELECT coalesce(-sum(amount), 0) FROM stripe_dispute_move WHERE dispute_id = dispute.id)::bigint AS taken,
    (SELECT coalesce(sum(fee), 0) FROM stripe_dispute_move WHERE dispute_id = dispute.id)::bigint AS fee
FROM stripe_dispute AS dispute JOIN charge ON charge.id = dispute.charge_id
"""
OF_CHARGE = f"{DISPUTE} WHERE dispute.charge_id = $1 ORDER BY dispute.opened_at, dispute.id"
AT_DESK = f"""
{DISPUTE} WHERE dispute.gmina_id = $1 AND ($2::text IS NULL OR dispute.state = $2)
    AND ($3::timestamptz IS NULL OR (dispute.opened_at, dispute.id) < ($3, $4::uuid))
ORDER BY dispute.opened_at DESC, dispute.id DESC LIMIT $5
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """`status` and `reason` are Stripe's words. `taken` is what Stripe took of the gmina for it and has not given
    back, `fee` what it took besides; grosz. `due_at`: until when Stripe takes evidence, where it takes any."""

    id: UUID
    charge_id: UUID
    number: int
    payer: str
    stripe_id: str
    amount: int
    reason: str
    status: str
    state: DisputeState
    due_at: datetime | None
    opened_at: datetime
    ended_at: datetime | None
    taken: int
    fee: int

    @property
    def title(self) -> str:
        return title_of(self.number)


async def disputes_of(tx: Tx, *, charge_id: UUID) -> list[DisputeView]:
    """Of one charge, the oldest first; whose it is, who calls has seen to."""
    return [_view(row) for row in await tx.fetch(OF_CHARGE, charge_id)]


async def disputes_at_desk(
    tx: Tx,
    *,
    gmina_id: UUID,
    state: DisputeState | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[DisputeView]:
    """Of a gmina, the latest first."""
    at, key = after or (None, None)
    return [_view(row) for row in await tx.fetch(AT_DESK, gmina_id, state, at, key, limit)]


def _view(row: asyncpg.Record) -> DisputeView:
    return DisputeView(**{**row, "state": DisputeState(row["state"])})
