"""A refund on its way: asked of the bank or of Stripe, gone, or come back."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.ledger.reverse_entry import reverse_entry
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import locked
from incubator.payments.posting import money_at, post
from incubator.payments.reading import REFUND, refund_of
from incubator.payments.states import REFUND_ALLOWED, THROUGH_STRIPE, Method, RefundState
from incubator.payments.tell import note, write_to_payer
from incubator.payments.views import ChargeView, RefundView
from incubator.people.actor import Actor

ITS_CHARGE = "SELECT charge_id FROM refund WHERE id = $1"
LOCKED = f"SELECT {REFUND} FROM refund WHERE id = $1 FOR UPDATE"
MOVE = """
UPDATE refund SET state = $2, reference = CASE WHEN $3 = '' THEN reference ELSE $3 END, done_on = $4, version = version + 1
WHERE id = $1
"""


NEXT = "SELECT count(*) + 1 FROM entry WHERE subject_kind = 'refund' AND subject_id = $1 AND kind = 'refund'"
POSTED = """
SELECT id FROM entry AS posted WHERE subject_kind = 'refund' AND subject_id = $1 AND kind = 'refund'
    AND NOT EXISTS (SELECT FROM entry WHERE reverses = posted.id)
"""
BY_TRANSFER = "UPDATE refund SET method = 'transfer' WHERE id = $1"


class NoSuchRefund(NotFound):
    """No refund, or one that who asks may not know of."""

    code = "no_such_refund"
    sentence = N_("There is no such refund.")


class RefundOver(Conflict):
    """It has gone back already, or is not where this follows."""

    code = "refund_over"
    sentence = N_("This refund was settled already.")


class RefundedByStripe(Conflict):
    """What came through Stripe goes back through Stripe; nobody does it by hand."""

    code = "refund_by_stripe"
    sentence = N_("What was paid by card, BLIK or Przelewy24 goes back the same way by itself.")


class NotThatDay(Invalid):
    """A day on which money cannot have moved: it is yet to come, or long before there was anything to pay."""

    code = "not_that_day"
    sentence = N_("Please give the day on which the money moved: not one that is yet to come.")


async def refund_done(
    tx: Tx, *, actor: Actor, refund_id: UUID, done_on: date, reference: str, now: datetime
) -> RefundView:
    """The desk has sent the transfer. Raises NoSuchRefund, RefundOver, RefundedByStripe, NotThatDay."""
    charge, refund = await _locked(tx, refund_id)
    if charge.gmina_id not in actor.coordinates and not actor.is_administrator:
        raise NoSuchRefund()
    if refund.method in THROUGH_STRIPE:
        raise RefundedByStripe()
    must_be_past(done_on, since=refund.created_at, now=now)
    return await finish_refund(
        tx, refund_id=refund_id, done_on=done_on, reference=reference, by=actor.account_id, now=now
    )


async def finish_refund(
    tx: Tx, *, refund_id: UUID, done_on: date, reference: str, by: UUID | None, now: datetime
) -> RefundView:
    """The money is gone: post it, and write to who gets it. Raises NoSuchRefund, RefundOver."""
    charge, refund = await _move(tx, refund_id, RefundState.DONE, reference, done_on)
    gone = (Account.RECEIVABLE, refund.amount), (money_at(refund.method), -refund.amount)
    number: int = await tx.fetchval(NEXT, refund_id)
    await post(tx, charge, EntryKind.REFUND, *gone, at=now, by=by, subject=("refund", refund_id), number=number)
    await note(tx, charge, "refund_done", by=by, now=now, after={"amount": refund.amount})
    if refund.method != Method.CREDIT:
        await write_to_payer(tx, charge, "given_back", now=now, amount=refund.amount)
    return refund


async def refund_sent(tx: Tx, *, refund_id: UUID, reference: str) -> RefundView:
    """It was asked for, and nothing is heard yet. Raises NoSuchRefund, RefundOver."""
    return (await _move(tx, refund_id, RefundState.SENT, reference, None))[1]


async def refund_came_back(tx: Tx, *, refund_id: UUID, now: datetime) -> RefundView:
    """What was asked for was not done, or came back after all: it is due again, by transfer, and what was posted is
    taken back. Raises NoSuchRefund, RefundOver."""
    _, before = await _locked(tx, refund_id)
    if before.method not in THROUGH_STRIPE:
        raise RefundOver()
    charge, refund = await _move(tx, refund_id, RefundState.DUE, "", None)
    posted: UUID | None = await tx.fetchval(POSTED, refund_id)
    if posted is not None:
        await reverse_entry(tx, entry_id=posted, at=now, by=None)
    await tx.execute(BY_TRANSFER, refund_id)
    await note(tx, charge, "refund_failed", by=None, now=now, after={"amount": refund.amount})
    return refund


def must_be_past(day: date, *, since: datetime | None, now: datetime) -> None:
    """Raises NotThatDay."""
    earliest = since.date() if since is not None else date(2000, 1, 1)
    if not earliest.toordinal() - 1 <= day.toordinal() <= now.date().toordinal() + 1:
        raise NotThatDay()


async def _locked(tx: Tx, refund_id: UUID) -> tuple[ChargeView, RefundView]:
    charge_id = await tx.fetchval(ITS_CHARGE, refund_id)
    if charge_id is None:
        raise NoSuchRefund()
    charge = await locked(tx, charge_id=charge_id)
    row = await tx.fetchrow(LOCKED, refund_id)
    assert row is not None
    return charge, refund_of(row)


async def _move(
    tx: Tx, refund_id: UUID, to: RefundState, reference: str, done_on: date | None
) -> tuple[ChargeView, RefundView]:
    charge, refund = await _locked(tx, refund_id)
    if to not in REFUND_ALLOWED[refund.state]:
        raise RefundOver()
    await tx.execute(MOVE, refund_id, to, reference, done_on)
    row = await tx.fetchrow(LOCKED, refund_id)
    assert row is not None
    return charge, refund_of(row)
