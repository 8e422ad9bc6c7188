"""Work what Stripe told: decide what it asks of us, do it, and write down that it was done.

`decide` is pure. An event is never the last word: where money came, Stripe is asked who paid and what it took;
an event of another version of the API is taken for a hint to look.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.payments.stripe.ask_checkout import look
from incubator.payments.stripe.ask_dispute import ask_dispute
from incubator.payments.stripe.ask_payout import ask_payout
from incubator.payments.stripe.client import API_VERSION, Declined
from incubator.payments.stripe.connect_account import note_account
from incubator.payments.stripe.events import Event
from incubator.payments.stripe.seen import AccountSeen, RefundSeen, SessionSeen
from incubator.payments.stripe.settle_checkout import NotTheSame, settle_checkout
from incubator.payments.stripe.settle_refund import settle_refund
from incubator.payments.stripe.states import Fact, State
from incubator.payments.stripe.till import Till

READ = "SELECT body::text FROM stripe_event WHERE id = $1 AND worked_at IS NULL"
WORKED = "UPDATE stripe_event SET worked_at = $2, error = $3 WHERE id = $1"
KNOWN = """
SELECT EXISTS (SELECT FROM stripe_account WHERE account = $1) OR EXISTS (SELECT FROM checkout WHERE account = $1)
"""
CHECKOUT_OF_SESSION = "SELECT account FROM checkout WHERE id = $1"
CHECKOUT_OF_INTENT = "SELECT id, session_id FROM checkout WHERE payment_intent = $1 AND account = $2 AND fee IS NULL"
REFUND = "SELECT account FROM stripe_refund JOIN checkout ON checkout.id = checkout_id WHERE stripe_refund.id = $1"

SESSIONS = {
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
}
DISPUTES = {
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
}
PAYOUTS = {
    "payout.created",
    "payout.updated",
    "payout.paid",
    "payout.failed",
    "payout.canceled",
    "payout.reconciliation_completed",
}
REFUNDS = {"refund.created", "refund.updated", "refund.failed"}


@dataclass(frozen=True, slots=True)
class Settle:
    """The session of a checkout says this."""

    checkout_id: UUID
    seen: SessionSeen
    fact: Fact


@dataclass(frozen=True, slots=True)
class Look:
    """Ask Stripe about the session of a checkout."""

    checkout_id: UUID
    session_id: str
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Give:
    """A refund of ours says this."""

    request_id: UUID
    seen: RefundSeen


@dataclass(frozen=True, slots=True)
class Booked:
    """A charge was booked: its fee may be known now."""

    payment_intent: str


@dataclass(frozen=True, slots=True)
class Account:
    """The gmina's account may take payments, or may not."""

    seen: AccountSeen


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute stands otherwise than before."""

    stripe_id: str


@dataclass(frozen=True, slots=True)
class Payout:
    """A payout stands otherwise than before."""

    stripe_id: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """It is not for us: of a kind that we do not follow, or made by somebody else on that account."""


Deed = Settle | Look | Give | Booked | Account | Dispute | Payout | Nothing
NOTHING = Nothing()
NOT_OURS = "Dispute"
"""What the desk calls a dispute of a payment that was not made here: somebody has to look at it."""


class Named(msgspec.Struct, frozen=True):
    id: str


def decide(event: Event) -> Deed:
    """What an event asks of us. Raises msgspec.ValidationError where it is not what its type says."""
    thing = event.data.object
    if event.type in SESSIONS:
        return _of_session(event, msgspec.convert(thing, SessionSeen))
    if event.type in REFUNDS:
        refund = msgspec.convert(thing, RefundSeen)
        return Give(refund.request_id, refund) if refund.request_id else NOTHING
    if event.type == "charge.updated" and isinstance(thing.get("payment_intent"), str):
        return Booked(thing["payment_intent"])
    if event.type in DISPUTES:
        return Dispute(msgspec.convert(thing, Named).id)
    if event.type in PAYOUTS:
        return Payout(msgspec.convert(thing, Named).id)
    if event.type == "account.updated":
        return Account(msgspec.convert(thing, AccountSeen))
    if event.type == "account.application.deauthorized":
        return Account(AccountSeen(id=event.account, charges_enabled=False))
    return NOTHING


def _of_session(event: Event, seen: SessionSeen) -> Deed:
    declined = event.type == "checkout.session.async_payment_failed"
    if seen.checkout_id is None:
        return NOTHING
    fact = seen.fact(declined=declined)
    if fact is Fact.PAID or event.api_version != API_VERSION:
        return Look(seen.checkout_id, seen.id, declined)
    return Settle(seen.checkout_id, seen, fact)


async def work_event(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> None:
    """Do what the event asks, once. Raises NotNow when it has to be tried again."""
    async with statement(db) as tx:
        body: str | None = await tx.fetchval(READ, subject_id)
    if body is None:
        return
    event = msgspec.json.decode(body, type=Event)
    strange = ""
    try:
        deed = decide(event)
        strange = await _strange(db, event, deed) or await _do(till, db, event, deed, now)
    except (Declined, NotTheSame, msgspec.ValidationError) as error:
        strange = f"{type(error).__name__}: {error}"
    async with statement(db) as tx:
        await tx.execute(WORKED, subject_id, now, strange)


async def _strange(db: Database, event: Event, deed: Deed) -> str:
    """What is strange about the account or the row that it is about; empty where nothing is."""
    async with statement(db) as tx:
        if not await tx.fetchval(KNOWN, event.account):
            return "UnknownAccount"
        match deed:
            case Settle(checkout_id=key) | Look(checkout_id=key):
                account = await tx.fetchval(CHECKOUT_OF_SESSION, key)
            case Give(request_id=key):
                account = await tx.fetchval(REFUND, key)
            case _:
                return ""
    if account is None:
        return "UnknownRow"
    return "" if account == event.account else "WrongAccount"


async def _do(till: Till, db: Database, event: Event, deed: Deed, now: datetime) -> str:
    """What turned out to be strange about it; empty where nothing did."""
    match deed:
        case Settle():
            await attempt(db, lambda tx: _settle(tx, till, event, deed, now))
        case Look(key, session_id, declined):
            await look(
                till, db, checkout_id=key, account=event.account, session_id=session_id, declined=declined, now=now
            )
        case Give(key, seen):
            await attempt(
                db, lambda tx: settle_refund(tx, request_id=key, seen=seen, listeners=till.listeners, now=now)
            )
        case Booked(intent):
            await _ask_fee(till, db, event.account, intent, now)
        case Account(told):
            charges = told.charges_enabled
            await attempt(db, lambda tx: note_account(tx, account=event.account, charges=charges, now=now))
        case Dispute(stripe_id):
            ours = await ask_dispute(till, db, account=event.account, dispute_id=stripe_id, now=now)
            return "" if ours else NOT_OURS
        case Payout(stripe_id):
            await ask_payout(till, db, account=event.account, payout_id=stripe_id, now=now)
        case Nothing():
            pass
    return ""


async def _settle(tx: Tx, till: Till, event: Event, deed: Settle, now: datetime) -> State:
    return await settle_checkout(
        tx,
        checkout_id=deed.checkout_id,
        account=event.account,
        seen=deed.seen,
        fact=deed.fact,
        listeners=till.listeners,
        now=now,
    )


async def _ask_fee(till: Till, db: Database, account: str, intent: str, now: datetime) -> None:
    async with statement(db) as tx:
        row = await tx.fetchrow(CHECKOUT_OF_INTENT, intent, account)
    if row is not None:
        await look(till, db, checkout_id=row["id"], account=account, session_id=row["session_id"], now=now)
