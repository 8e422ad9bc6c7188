"""Say what a transfer was for."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.payments.finish_refund import must_be_past
from incubator.payments.locked import NoSuchCharge, locked_at_desk
from incubator.payments.queries_bank import locked_line
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import ChargeState, LineState, Method
from incubator.payments.views import BankLineView, ChargeView
from incubator.people.actor import Actor

MOST = 100_000_000_00
BY_NUMBER = "SELECT id FROM charge WHERE gmina_id = $1 AND number = $2"
IGNORE = "UPDATE bank_line SET state = $2 WHERE id = $1"


class NoSuchLine(NotFound):
    """No transfer, or one on the account of another gmina."""

    code = "no_such_transfer"
    sentence = N_("There is no such transfer.")


class LineUsedUp(Conflict):
    """All of the transfer was counted already, or less is left than is to be counted."""

    code = "transfer_used"
    sentence = N_("Less than that is left of this transfer: it was counted already.")


class NotToBePaid(Conflict):
    """A charge that was cancelled waits for no money."""

    code = "charge_cancelled"
    sentence = N_("This was cancelled. Give the transfer back, or count it to something else.")


class WrongAmount(Invalid):
    """Nothing, or more than anybody pays."""

    code = "amount_wrong"
    sentence = N_("Please give an amount above 0.")


async def match_payment(
    tx: Tx, *, actor: Actor, line_id: UUID, charge_id: UUID, amount: int | None = None, now: datetime
) -> ChargeView:
    """Count a transfer to a charge of the same gmina: all that is left of it, or `amount`. For the desk. Raises
    NoSuchLine, NoSuchCharge, LineUsedUp, NotToBePaid, WrongAmount."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id)
    line = await _line(tx, actor, line_id)
    if line.gmina_id != charge.gmina_id:
        raise NoSuchCharge()
    _must_be_waited_for(charge)
    amount = line.left if amount is None else amount
    if line.left <= 0 or amount > line.left:
        raise LineUsedUp()
    _must_be_money(amount)
    return await settle_charge(
        tx,
        charge_id=charge_id,
        method=Method.TRANSFER,
        amount=amount,
        received_on=line.booked_on,
        reference="",
        now=now,
        by=actor.account_id,
        bank_line_id=line_id,
    )


async def record_transfer(
    tx: Tx,
    *,
    actor: Actor,
    charge_id: UUID,
    amount: int,
    received_on: date,
    reference: str,
    seen: int | None,
    now: datetime,
) -> ChargeView:
    """Write down a transfer that was seen on the bank's statement, without a file. For the desk. Raises
    NoSuchCharge, ChangedMeanwhile, NotToBePaid, WrongAmount, NotThatDay."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id, seen=seen)
    _must_be_waited_for(charge)
    _must_be_money(amount)
    must_be_past(received_on, since=None, now=now)
    return await settle_charge(
        tx,
        charge_id=charge_id,
        method=Method.TRANSFER,
        amount=amount,
        received_on=received_on,
        reference=reference,
        now=now,
        by=actor.account_id,
    )


async def set_aside(tx: Tx, *, actor: Actor, line_id: UUID, aside: bool, now: datetime) -> BankLineView:
    """A transfer that is for nothing of ours is not waited for any more, or is again. Raises NoSuchLine, LineUsedUp."""
    line = await _line(tx, actor, line_id)
    if line.state == LineState.MATCHED:
        raise LineUsedUp()
    await tx.execute(IGNORE, line_id, LineState.IGNORED if aside else LineState.WAITING)
    return await _line(tx, actor, line_id)


async def charge_by_number(tx: Tx, *, gmina_id: UUID, number: int) -> UUID:
    """Raises NoSuchCharge."""
    if number >= 2**31:
        raise NoSuchCharge()
    key: UUID | None = await tx.fetchval(BY_NUMBER, gmina_id, number)
    if key is None:
        raise NoSuchCharge()
    return key


async def _line(tx: Tx, actor: Actor, line_id: UUID) -> BankLineView:
    line = await locked_line(tx, line_id=line_id)
    if line is None or (line.gmina_id not in actor.coordinates and not actor.is_administrator):
        raise NoSuchLine()
    return line


def _must_be_waited_for(charge: ChargeView) -> None:
    """What was given up because nothing came in time is had again when it comes, or the money goes back by itself.
    Raises NotToBePaid."""
    if charge.state == ChargeState.CANCELLED and not charge.lapses:
        raise NotToBePaid()


def _must_be_money(amount: int) -> None:
    if not 0 < amount <= MOST:
        raise WrongAmount()
