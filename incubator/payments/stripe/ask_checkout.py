"""Ask Stripe how a checkout stands, for events may come late or never."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, attempt, statement
from incubator.payments.stripe.checkout import retrieve_intent, retrieve_session
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.rows import read_checkout
from incubator.payments.stripe.seen import Payment, SessionSeen, payment_in
from incubator.payments.stripe.settle_checkout import NotTheSame, settle_checkout
from incubator.payments.stripe.states import Fact, State
from incubator.payments.stripe.till import Till

NEXT_DAY = timedelta(days=1)
UNANSWERED = "UPDATE checkout SET error = $2, ask_at = $3 WHERE id = $1 AND ask_at IS NOT NULL"


async def ask_checkout(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> State:
    """The state that the checkout has then. Where Stripe will not say, that is noted, and it is asked again
    the next day. Raises NotNow."""
    row = await read_checkout(db, subject_id)
    if row.session_id is None:
        return await open_checkout(till, db, subject_id=subject_id, now=now)
    try:
        return await look(till, db, checkout_id=row.id, account=row.account, session_id=row.session_id, now=now)
    except (Declined, NotTheSame) as error:
        async with statement(db) as tx:
            await tx.execute(UNANSWERED, row.id, str(error), now + NEXT_DAY)
        return row.state


async def look(
    till: Till,
    db: Database,
    *,
    checkout_id: UUID,
    account: str,
    session_id: str,
    now: datetime,
    declined: bool = False,
) -> State:
    """Read the session, and how it was paid if it was; then write it down. Raises NotNow, Declined, NotTheSame."""
    seen = await retrieve_session(till.line, account=account, session_id=session_id)
    fact, payment = await facts(till, account, seen, declined=declined)
    return await attempt(
        db,
        lambda tx: settle_checkout(
            tx,
            checkout_id=checkout_id,
            account=account,
            seen=seen,
            fact=fact,
            payment=payment,
            listeners=till.listeners,
            now=now,
        ),
    )


async def facts(till: Till, account: str, seen: SessionSeen, *, declined: bool) -> tuple[Fact, Payment | None]:
    """What the session says, and how it was paid. A session that is complete says of a bank that declined only
    that it is not paid; its intent tells."""
    if seen.payment_intent is None:
        return seen.fact(declined=declined), None
    intent = await retrieve_intent(till.line, account=account, intent_id=seen.payment_intent)
    gone = seen.status == "complete" and intent.status in {"requires_payment_method", "canceled"}
    return seen.fact(declined=declined or gone), payment_in(intent)
