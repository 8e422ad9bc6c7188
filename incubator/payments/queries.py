"""Charges as who asks may see them: their own and those of organisations that they own, or the gmina's at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.locked import NoSuchCharge
from incubator.payments.reading import CHARGE, FROM, PAYMENT, REFUND, charge_of, payment_of, refund_of
from incubator.payments.rules import numbers_in, title_of
from incubator.payments.suggest import Asked
from incubator.payments.views import ChargeView, PaymentView, RefundView
from incubator.people.actor import Actor

PAGE = 50
Which = Literal["open", "overdue", "paid", "surplus", "disputed", "deposit", "cancelled", "written_off", "all"]

# What somebody made for an organisation is the organisation's: not theirs once they left, while anybody is in it.
MINE = """(charge.organisation_id = ANY($2::uuid[]) OR charge.account_id = $1 AND (
    charge.organisation_id IS NULL
    OR EXISTS (SELECT FROM membership WHERE organisation_id = charge.organisation_id AND account_id = $1)
    OR NOT EXISTS (SELECT FROM membership WHERE organisation_id = charge.organisation_id)
))"""
ONE = f"""
SELECT {CHARGE} FROM {FROM} WHERE charge.id = $5 AND ({MINE} OR charge.gmina_id = ANY($3::uuid[]) OR $4)
"""
ABOUT = f"""
SELECT {CHARGE} FROM {FROM} WHERE charge.subject_kind = $5 AND charge.subject_id = ANY($6::uuid[])
    AND ({MINE} OR charge.gmina_id = ANY($3::uuid[]) OR $4)
ORDER BY charge.id
"""
PAYS = f"SELECT EXISTS (SELECT FROM charge WHERE charge.id = $3 AND {MINE})"
OWN = f"""
SELECT {CHARGE} FROM {FROM}
WHERE {MINE} AND ($3::timestamptz IS NULL OR (charge.created_at, charge.id) < ($3, $4::uuid))
ORDER BY charge.created_at DESC, charge.id DESC LIMIT $5
"""
AT_DESK = f"""
SELECT {CHARGE} FROM {FROM} WHERE charge.gmina_id = $1 AND CASE $2
    WHEN 'open' THEN charge.state = 'open' WHEN 'overdue' THEN charge.state = 'open' AND charge.due_at <= $3
    WHEN 'paid' THEN charge.state = 'paid' WHEN 'surplus' THEN charge.outstanding < 0
    WHEN 'disputed' THEN EXISTS (SELECT FROM stripe_dispute WHERE charge_id = charge.id AND state = 'open')
    WHEN 'deposit' THEN charge.state = 'paid' AND charge.deposit > charge.deposit_back + charge.deposit_kept
    WHEN 'cancelled' THEN charge.state = 'cancelled' WHEN 'written_off' THEN charge.state = 'written_off' ELSE true END
    AND ($4::timestamptz IS NULL OR (charge.due_at, charge.id) > ($4, $5::uuid))
    AND ($7 = '' OR strpos(lower(charge.payer), lower($7)) > 0 OR charge.number = ANY($8::integer[]))
ORDER BY charge.due_at, charge.id LIMIT $6
"""
# The one that stands: what took its place, where the buyer was corrected.
INVOICED = "SELECT id, number FROM invoice WHERE charge_id = $1 AND corrects IS NULL ORDER BY id DESC LIMIT 1"
PAYMENTS = f"SELECT {PAYMENT} FROM payment WHERE charge_id = $1 ORDER BY created_at, id"
REFUNDS = f"SELECT {REFUND} FROM refund WHERE charge_id = $1 ORDER BY created_at, id"
DUE_REFUNDS = f"""
SELECT {REFUND}, charge.payer, charge.number, charge.text_pl, charge.text_en, coalesce(bank_line.iban, '') AS iban,
    EXISTS (SELECT FROM stripe_dispute WHERE stripe_dispute.charge_id = charge.id AND stripe_dispute.state <> 'won') AS disputed
FROM refund JOIN charge ON charge.id = refund.charge_id JOIN payment ON payment.id = payment_id
LEFT JOIN bank_line ON bank_line.id = payment.bank_line_id
WHERE refund.gmina_id = $1 AND refund.state <> 'done' ORDER BY refund.created_at, refund.id
"""
SUMS = """
SELECT coalesce(sum(outstanding) FILTER (WHERE state = 'open'), 0)::bigint AS owed,
    coalesce(sum(outstanding) FILTER (WHERE state = 'open' AND due_at <= $2), 0)::bigint AS overdue,
    count(*) FILTER (WHERE state = 'open' AND due_at <= $2) AS late,
    coalesce(-sum(outstanding) FILTER (WHERE outstanding < 0), 0)::bigint AS surplus
FROM charge WHERE gmina_id = $1
"""
WAITED_FOR = """
SELECT id, number, outstanding, payer FROM charge
WHERE gmina_id = $1 AND (outstanding > 0 AND state = 'open' OR lapses AND state = 'cancelled' AND paid = 0)
ORDER BY state DESC, due_at, id LIMIT 5000
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoiced:
    """The invoice of a charge."""

    id: UUID
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a gmina waits for, and what came too much."""

    owed: int
    overdue: int
    late: int
    surplus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRefund:
    """A transfer that the gmina has to make, of a charge with its `number` and what that was for; `iban` is where the money came from, if the bank's file said. `disputed`:
    the payer's bank takes back what was paid, or has."""

    refund: RefundView
    payer: str
    number: int
    text_pl: str
    text_en: str
    iban: str
    disputed: bool

    @property
    def title(self) -> str:
        return title_of(self.number)


async def charge_for(tx: Tx, *, actor: Actor, charge_id: UUID) -> ChargeView:
    """For who made it, the owners of the organisation, and the gmina's coordinator. Raises NoSuchCharge."""
    row = await tx.fetchrow(ONE, *_whose(actor), charge_id)
    if row is None:
        raise NoSuchCharge()
    return charge_of(row)


async def is_payer(tx: Tx, *, actor: Actor, charge_id: UUID) -> bool:
    """Whether it is the actor's own to pay, or that of an organisation that they own."""
    return bool(await tx.fetchval(PAYS, actor.account_id, owned(actor), charge_id))


async def charges_about(tx: Tx, *, actor: Actor, subject_kind: str, subject_id: UUID) -> list[ChargeView]:
    """What was owed for a thing, as far as it is the actor's to see, in the order in which it was: one for each time
    that the price became another."""
    return await charges_about_all(tx, actor=actor, subject_kind=subject_kind, subject_ids=[subject_id])


async def charges_about_all(
    tx: Tx, *, actor: Actor, subject_kind: str, subject_ids: Sequence[UUID]
) -> list[ChargeView]:
    """The same for several things."""
    return [charge_of(row) for row in await tx.fetch(ABOUT, *_whose(actor), subject_kind, subject_ids)]


async def charge_at_desk(tx: Tx, *, actor: Actor, charge_id: UUID) -> ChargeView:
    """For the gmina's coordinator. Raises NoSuchCharge."""
    charge = await charge_for(tx, actor=actor, charge_id=charge_id)
    if charge.gmina_id not in actor.coordinates and not actor.is_administrator:
        raise NoSuchCharge()
    return charge


async def own_charges(
    tx: Tx, *, actor: Actor, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[ChargeView]:
    """What the actor owes or has paid, and the organisations that they own; the latest first."""
    at, key = after or (None, None)
    return [charge_of(row) for row in await tx.fetch(OWN, actor.account_id, owned(actor), at, key, limit)]


async def charges_at_desk(
    tx: Tx,
    *,
    gmina_id: UUID,
    which: Which,
    now: datetime,
    words: str = "",
    after: tuple[datetime, UUID] | None = None,
    limit: int = PAGE,
) -> list[ChargeView]:
    """A gmina's charges, what is due first; `overdue` are those that were not paid in time. `words` are of the payer's
    name, or name the charge by its number."""
    at, key = after or (None, None)
    told = gmina_id, which, now, at, key, limit, words, numbers_in(words)
    return [charge_of(row) for row in await tx.fetch(AT_DESK, *told)]


async def invoiced(tx: Tx, *, charge_id: UUID) -> Invoiced | None:
    """For those who may see the charge."""
    row = await tx.fetchrow(INVOICED, charge_id)
    return Invoiced(**row) if row is not None else None


async def payments_of(tx: Tx, *, charge_id: UUID) -> list[PaymentView]:
    return [payment_of(row) for row in await tx.fetch(PAYMENTS, charge_id)]


async def refunds_of(tx: Tx, *, charge_id: UUID) -> list[RefundView]:
    return [refund_of(row) for row in await tx.fetch(REFUNDS, charge_id)]


async def due_refunds(tx: Tx, *, gmina_id: UUID) -> list[DueRefund]:
    """What has to go back and has not, the oldest first."""
    told: list[DueRefund] = []
    for row in await tx.fetch(DUE_REFUNDS, gmina_id):
        more = {name: row[name] for name in ("payer", "number", "text_pl", "text_en", "iban", "disputed")}
        plain = {name: value for name, value in row.items() if name not in more}
        told.append(DueRefund(refund=refund_of(plain), **more))
    return told


async def sums_of(tx: Tx, *, gmina_id: UUID, now: datetime) -> Sums:
    row = await tx.fetchrow(SUMS, gmina_id, now)
    assert row is not None
    return Sums(**row)


async def waited_for(tx: Tx, *, gmina_id: UUID) -> list[Asked]:
    """The charges that a transfer may be for; last and by their number alone, those
    that were given up unpaid, for one that is late."""
    return [Asked(**row) for row in await tx.fetch(WAITED_FOR, gmina_id)]


def _whose(actor: Actor) -> tuple[UUID, list[UUID], list[UUID], bool]:
    return actor.account_id, owned(actor), list(actor.coordinates), actor.is_administrator


def owned(actor: Actor) -> list[UUID]:
    """The organisations whose money is the actor's business."""
    return [key for key, role in actor.member_of.items() if role == "owner"]
