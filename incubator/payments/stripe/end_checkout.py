"""Call a checkout off, so that nobody pays what is not owed any more."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt
from incubator.jobs.enqueue import enqueue
from incubator.payments.stripe.ask_checkout import look
from incubator.payments.stripe.checkout import expire_session
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.rows import read_checkout
from incubator.payments.stripe.settle_checkout import settle_checkout
from incubator.payments.stripe.states import Fact, State
from incubator.payments.stripe.till import END_CHECKOUT, Till

UNWANT = """
UPDATE checkout SET unwanted_at = $2 WHERE charge_id = $1 AND state IN ('wanted', 'open') AND unwanted_at IS NULL
RETURNING id
"""


async def call_off_checkouts(tx: Tx, *, charge_id: UUID, now: datetime) -> list[UUID]:
    """Those by which the charge could still be paid. Who is paying at this very moment may come first: then it is
    told as paid."""
    ids = [row["id"] for row in await tx.fetch(UNWANT, charge_id, now)]
    for key in ids:
        await enqueue(tx, job=END_CHECKOUT, subject_id=key)
    return ids


async def end_checkout(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> State:
    """Have Stripe end the session. One that Stripe may have made unheard is opened first, under its key, for
    what nobody knows of nobody can end. Raises NotNow."""
    state = await open_checkout(till, db, subject_id=subject_id, now=now)
    row = await read_checkout(db, subject_id)
    if state is not State.OPEN or row.session_id is None:
        return state
    try:
        seen = await expire_session(till.line, account=row.account, session_id=row.session_id)
    except Declined:
        # Complete or expired by now: it says which.
        key, account, session = row.id, row.account, row.session_id
        return await look(till, db, checkout_id=key, account=account, session_id=session, now=now)
    return await attempt(
        db,
        lambda tx: settle_checkout(
            tx,
            checkout_id=row.id,
            account=row.account,
            seen=seen,
            fact=Fact.EXPIRED,
            listeners=till.listeners,
            now=now,
        ),
    )
