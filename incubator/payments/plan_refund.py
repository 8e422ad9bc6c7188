"""Decide that money goes back: of which payments, and so by which way."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.payments.finish_refund import finish_refund, refund_sent
from incubator.payments.locked import as_it_stands, locked_at_desk
from incubator.payments.rules import Came, shared_out
from incubator.payments.states import THROUGH_STRIPE, Method, Why
from incubator.payments.stripe.want_refund import want_refund
from incubator.payments.tell import note
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

# Under the lock of the charge, so that each refund sees the others.
CAME = """
SELECT id, method, amount, (SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = payment.id)::bigint AS back
FROM payment WHERE charge_id = $1 AND withdrawn_at IS NULL ORDER BY created_at, id
"""
ADD = """
INSERT INTO refund (gmina_id, charge_id, payment_id, method, amount, why, state, reference, by_id, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, 'due', '', $7, $8, 1) RETURNING id
"""

REFERENCE = "SELECT reference FROM payment WHERE id = $1"

REFUSES = ("charge_refunds_within_payments", "charge_paid")


class MoreThanCame(Conflict):
    """More would go back than came and has not gone back."""

    code = "refund_too_large"
    sentence = N_("More cannot be given back than was paid.")


class NothingTooMuch(Conflict):
    """Nothing came too much, or it goes back already."""

    code = "no_surplus"
    sentence = N_("Nothing was paid too much here, or it is on its way back already.")


async def plan_refund(
    tx: Tx, charge: ChargeView, *, amount: int, why: Why, by: UUID | None, now: datetime
) -> ChargeView:
    """Have `amount` go back, of a charge that is locked. Raises MoreThanCame."""
    came = [Came(*row) for row in await tx.fetch(CAME, charge.id)]
    pieces = shared_out(amount, came)
    if amount <= 0 or sum(piece for _, piece in pieces) != amount:
        raise MoreThanCame()
    for one, piece in pieces:
        await _add(tx, charge, one, piece, why, by, now)
    await note(tx, charge, "give_back", by=by, now=now, after={"amount": amount, "why": why})
    return await as_it_stands(tx, charge_id=charge.id)


async def give_back_surplus(tx: Tx, *, actor: Actor, charge_id: UUID, seen: int | None, now: datetime) -> ChargeView:
    """Have go back what came too much; for the desk. Raises NoSuchCharge, ChangedMeanwhile, NothingTooMuch."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id, seen=seen)
    if not charge.surplus:
        raise NothingTooMuch()
    return await plan_refund(tx, charge, amount=charge.surplus, why=Why.OVERPAID, by=actor.account_id, now=now)


async def _add(tx: Tx, charge: ChargeView, one: Came, piece: int, why: Why, by: UUID | None, now: datetime) -> None:
    given = (charge.gmina_id, charge.id, one.id, one.method, piece, why, by, now)
    try:
        async with tx.transaction():
            refund_id = await tx.fetchval(ADD, *given)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name in REFUSES:
            raise MoreThanCame() from None
        raise
    if one.method in THROUGH_STRIPE:
        await _through_stripe(tx, one, refund_id, piece, now)
    if one.method == Method.CREDIT:  # what was paid ahead is there again at once
        await finish_refund(tx, refund_id=refund_id, done_on=now.date(), reference="", by=by, now=now)


async def _through_stripe(tx: Tx, one: Came, refund_id: UUID, piece: int, now: datetime) -> None:
    """The way it came; how it went is told to by_stripe.py."""
    reference: str = await tx.fetchval(REFERENCE, one.id)
    await want_refund(tx, refund_id=refund_id, checkout_id=UUID(reference), amount=piece, now=now)
    await refund_sent(tx, refund_id=refund_id, reference=reference)
