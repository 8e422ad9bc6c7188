"""Have Stripe make the session of a checkout: by whoever comes first, the person's own click or the worker."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.payments.stripe.checkout import Wish, create_session, find_session
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.make_once import make_once
from incubator.payments.stripe.rows import CheckoutRow, lock_checkout, read_checkout
from incubator.payments.stripe.seen import SessionSeen
from incubator.payments.stripe.settle_checkout import end, settle_checkout
from incubator.payments.stripe.states import Fact, State
from incubator.payments.stripe.till import Till

NEXT = "UPDATE checkout SET attempt = attempt + 1 WHERE id = $1 AND attempt = $2"


async def open_checkout(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> State:
    """The state that the checkout has then. Called again it does no harm: the key is the row's. Raises NotNow."""
    row = await read_checkout(db, subject_id)
    if row.state is not State.WANTED:
        return row.state
    try:
        seen = await _made(till, db, row, now)
    except Declined as no:
        reason = no.reason
        return await attempt(db, lambda tx: _failed(tx, till, subject_id, reason, now))
    return await attempt(
        db,
        lambda tx: settle_checkout(
            tx,
            checkout_id=subject_id,
            account=row.account,
            seen=seen,
            # A session that was made before, unheard, may have come further. Who pays it is asked for by its row.
            fact=Fact.EXPIRED if seen.status == "expired" else Fact.OPEN,
            listeners=till.listeners,
            now=now,
        ),
    )


async def _made(till: Till, db: Database, row: CheckoutRow, now: datetime) -> SessionSeen:
    """Raises NotNow, Declined."""
    return await make_once(
        row,
        make=lambda row: create_session(till.line, _wish(till, row)),
        unheard=lambda row: _unheard(till, row),
        another_key=lambda row: _another_key(db, row),
        now=now,
    )


async def _unheard(till: Till, row: CheckoutRow) -> SessionSeen | None:
    """What was made for the row, should the answer have been lost."""
    return await find_session(till.line, account=row.account, checkout_id=row.id, since=row.wanted_at)


async def _another_key(db: Database, row: CheckoutRow) -> CheckoutRow:
    async with transaction(db) as tx:
        await tx.execute(NEXT, row.id, row.attempt)
    return await read_checkout(db, row.id)


def _wish(till: Till, row: CheckoutRow) -> Wish:
    return Wish(
        checkout_id=row.id,
        charge_id=row.charge_id,
        attempt=row.attempt,
        account=row.account,
        amount=row.amount,
        text=row.text,
        locale="en" if row.locale == "en" else "pl",
        email=row.email,
        expires_at=row.expires_at,
        back=f"{till.address}/checkouts/{row.id}",
    )


async def _failed(tx: Tx, till: Till, checkout_id: UUID, reason: str, now: datetime) -> State:
    """An event may have told meanwhile that there is one after all."""
    row = await lock_checkout(tx, checkout_id)
    if row.state is not State.WANTED:
        return row.state
    await end(tx, row=row, state=State.FAILED, seen=None, listeners=till.listeners, now=now, why=reason)
    return State.FAILED
