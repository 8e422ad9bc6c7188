"""Write down what Stripe says of a session, and tell who waits for it. All roads end here: the answer to our own
call, an event, what was asked for."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.payments.stripe.rows import CheckoutRow, lock_checkout
from incubator.payments.stripe.seen import Payment, SessionSeen
from incubator.payments.stripe.states import Fact, State, moved
from incubator.payments.stripe.tells import Ended, FeeKnown, Listeners, Paid

OFTEN, SELDOM = timedelta(minutes=10), timedelta(hours=1)
JUST_AFTER = timedelta(seconds=30)

OPEN = "UPDATE checkout SET state = 'open', session_id = $2, url = $3, expires_at = $4, ask_at = $5, error = '' WHERE id = $1"
PAY = """
UPDATE checkout SET state = 'paid', session_id = $2, url = NULL, payment_intent = $3, stripe_charge = $4, method = $5,
    fee = $6, paid_at = $7, ask_at = $8, error = '', email = ''
WHERE id = $1
"""
END = """
UPDATE checkout SET state = $2, session_id = coalesce($3, session_id), url = NULL, ask_at = NULL, error = $4, email = ''
WHERE id = $1
"""
FEE = "UPDATE checkout SET fee = $2, ask_at = NULL WHERE id = $1"
GMINA = "SELECT gmina_id FROM checkout WHERE id = $1"


class NotTheSame(Exception):
    """What Stripe says does not fit the row it was made for: nobody guesses with money."""


async def settle_checkout(
    tx: Tx,
    *,
    checkout_id: UUID,
    account: str,
    seen: SessionSeen,
    fact: Fact,
    payment: Payment | None = None,
    listeners: Listeners,
    now: datetime,
) -> State:
    """The state that the checkout has now. `payment` comes with the fact PAID. Raises NotTheSame."""
    row = await lock_checkout(tx, checkout_id)
    if (account, seen.amount_total, seen.currency) != (row.account, row.amount, "pln"):
        raise NotTheSame(f"{seen.amount_total} {seen.currency} on {account}")
    then = moved(row.state, fact)
    match then:
        case State.OPEN:
            await _open(tx, row, seen, now)
        case State.PAID:
            assert payment is not None
            await _pay(tx, row, seen, payment, listeners, now)
        case State.EXPIRED | State.FAILED:
            await end(tx, row=row, state=then, seen=seen, listeners=listeners, now=now)
        case _:
            await _learn_fee(tx, row, payment, listeners, now)
    return then or row.state


async def end(
    tx: Tx,
    *,
    row: CheckoutRow,
    state: State,
    seen: SessionSeen | None,
    listeners: Listeners,
    now: datetime,
    why: str = "",
) -> None:
    """Nothing came by this checkout. `row` is locked."""
    await tx.execute(END, row.id, state, seen.id if seen else None, why)
    await _note(tx, row, str(state), now)
    told = Ended(checkout_id=row.id, charge_id=row.charge_id, state=state, at=now)
    for on_ended in listeners.ended:
        await on_ended(tx, told=told, now=now)


def next_ask(ends: datetime, now: datetime) -> datetime:
    """When to ask of an open one again: just after its end, sooner if that is long, and less and less later on."""
    if now < ends:
        return min(now + OFTEN, ends + JUST_AFTER)
    return now + SELDOM


async def _open(tx: Tx, row: CheckoutRow, seen: SessionSeen, now: datetime) -> None:
    ends = datetime.fromtimestamp(seen.expires_at, now.tzinfo)
    await tx.execute(OPEN, row.id, seen.id, seen.url, ends, next_ask(ends, now))
    await _note(tx, row, "open", now)


async def _pay(
    tx: Tx, row: CheckoutRow, seen: SessionSeen, payment: Payment, listeners: Listeners, now: datetime
) -> None:
    again = None if payment.fee is not None else now + OFTEN
    values = (seen.payment_intent, payment.charge, payment.method, payment.fee, payment.at, again)
    await tx.execute(PAY, row.id, seen.id, *values)
    await _note(tx, row, "paid", now)
    told = Paid(
        checkout_id=row.id,
        charge_id=row.charge_id,
        amount=row.amount,
        fee=payment.fee,
        method=payment.method,
        at=payment.at,
    )
    for on_paid in listeners.paid:
        await on_paid(tx, told=told, now=now)


async def _learn_fee(tx: Tx, row: CheckoutRow, payment: Payment | None, listeners: Listeners, now: datetime) -> None:
    if row.state is State.PAID and row.fee is None and payment is not None and payment.fee is not None:
        await learn_fee(tx, row=row, fee=payment.fee, listeners=listeners, now=now)


async def learn_fee(tx: Tx, *, row: CheckoutRow, fee: int, listeners: Listeners, now: datetime) -> None:
    """Stripe has booked a payment that was told without its fee. `row` is locked."""
    await tx.execute(FEE, row.id, fee)
    told = FeeKnown(checkout_id=row.id, charge_id=row.charge_id, fee=fee, at=now)
    for on_fee in listeners.fee:
        await on_fee(tx, told=told, now=now)


async def _note(tx: Tx, row: CheckoutRow, state: str, now: datetime) -> None:
    gmina: UUID = await tx.fetchval(GMINA, row.id)
    change = {"before": {"state": row.state}, "after": {"state": state}}
    await record(
        tx, now=now, actor_id=None, verb=state, subject_kind="checkout", subject_id=row.id, gmina_id=gmina, **change
    )
