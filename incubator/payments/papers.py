"""What the desk leads to from a payment: the papers that were issued for it, and the payment that a transfer counted to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.rules import title_of

PAPERS = """
SELECT id, 'invoice' AS kind, number, issued_on, gross AS amount FROM invoice WHERE charge_id = $1
UNION ALL SELECT id, 'note', number, issued_on, amount FROM accounting_note WHERE charge_id = $1
ORDER BY issued_on, kind, number
"""
COUNTED = """
SELECT payment.bank_line_id AS line_id, charge.id AS charge_id, charge.number, charge.payer
FROM payment JOIN charge ON charge.id = payment.charge_id
WHERE payment.bank_line_id = ANY($1::uuid[]) AND payment.withdrawn_at IS NULL ORDER BY payment.created_at, payment.id
"""
AT_STRIPE = "SELECT id::text, payment_intent FROM checkout WHERE charge_id = $1 AND state = 'paid'"
NAMED = "SELECT id AS charge_id, number, payer FROM charge WHERE id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An invoice, its correction, or an accounting note. `amount` is in grosz, of a correction what it changes."""

    id: UUID
    kind: Literal["invoice", "note"]
    number: str
    issued_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Named:
    """A charge by its number and by who pays it."""

    charge_id: UUID
    number: int
    payer: str

    @property
    def title(self) -> str:
        return title_of(self.number)


async def papers_of(tx: Tx, *, charge_id: UUID) -> list[Paper]:
    return [Paper(**row) for row in await tx.fetch(PAPERS, charge_id)]


async def numbers_at_stripe(tx: Tx, *, charge_id: UUID) -> dict[str, str]:
    """Of each payment by card, BLIK or Przelewy24, by our reference of it: its number in Stripe's own pages."""
    return {row["id"]: row["payment_intent"] for row in await tx.fetch(AT_STRIPE, charge_id)}


async def counted_to(tx: Tx, *, line_ids: Sequence[UUID]) -> dict[UUID, list[Named]]:
    """The charges that each transfer of a bank's file was counted to."""
    found: dict[UUID, list[Named]] = {one: [] for one in line_ids}
    for line_id, charge_id, number, payer in await tx.fetch(COUNTED, line_ids):
        found[line_id].append(Named(charge_id, number, payer))
    return found


async def named(tx: Tx, *, charge_ids: Sequence[UUID]) -> dict[UUID, Named]:
    return {row["charge_id"]: Named(**row) for row in await tx.fetch(NAMED, charge_ids)}
