"""What can become of a checkout and of a refund, as tables.

What Stripe tells is true but comes in any order, late, twice or never. So each thing it can tell has a height,
and a row only climbs: whatever the order, the row ends at the highest. Tests walk every order.
"""

from enum import StrEnum


class State(StrEnum):
    """`wanted`: Stripe was not asked yet, or did not answer. `open`: one can pay, or the bank still thinks."""

    WANTED = "wanted"
    OPEN = "open"
    EXPIRED = "expired"
    FAILED = "failed"
    PAID = "paid"


class Fact(StrEnum):
    """What an answer or an event says of a Checkout Session."""

    OPEN = "open"
    EXPIRED = "expired"
    DECLINED = "declined"
    PAID = "paid"


# A session that expired was not paid and one that was declined in the end has not expired; should Stripe ever
# say otherwise, money that came counts.
HEIGHT = {State.WANTED: 0, State.OPEN: 1, State.EXPIRED: 2, State.FAILED: 2, State.PAID: 3}
BECOMES = {
    Fact.OPEN: State.OPEN,
    Fact.EXPIRED: State.EXPIRED,
    Fact.DECLINED: State.FAILED,
    Fact.PAID: State.PAID,
}


def moved(state: State, fact: Fact) -> State | None:
    """The state that follows from the fact; None where nothing does."""
    then = BECOMES[fact]
    return then if HEIGHT[then] > HEIGHT[state] else None


class RefundState(StrEnum):
    """`sent`: Stripe has it, the bank not yet."""

    WANTED = "wanted"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


# A bank may send money back after Stripe called the refund done, and that is the end of it.
REFUND_HEIGHT = {RefundState.WANTED: 0, RefundState.SENT: 1, RefundState.DONE: 2, RefundState.FAILED: 3}
OF_STRIPE = {
    "pending": RefundState.SENT,
    "requires_action": RefundState.SENT,
    "succeeded": RefundState.DONE,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}


def refund_moved(state: RefundState, then: RefundState) -> RefundState | None:
    """The state that follows from what Stripe says; None where nothing does."""
    return then if REFUND_HEIGHT[then] > REFUND_HEIGHT[state] else None


class DisputeState(StrEnum):
    """`open`: the payer's bank took the money back, or asks about the payment, and has not decided."""

    OPEN = "open"
    LOST = "lost"
    WON = "won"


# What was lost may be won after all, on appeal; what is won stays so. A word that we do not know is no end.
DISPUTE_HEIGHT = {DisputeState.OPEN: 0, DisputeState.LOST: 1, DisputeState.WON: 2}
DISPUTE_OF_STRIPE = {
    "lost": DisputeState.LOST,
    "won": DisputeState.WON,
    "warning_closed": DisputeState.WON,
    "prevented": DisputeState.WON,
}


def dispute_moved(state: DisputeState, then: DisputeState) -> DisputeState | None:
    """The state that follows from what Stripe says; None where nothing does."""
    return then if DISPUTE_HEIGHT[then] > DISPUTE_HEIGHT[state] else None


class PayoutState(StrEnum):
    """`sent`: it has left Stripe and has not arrived."""

    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"


# A bank may send a payout back after Stripe called it paid, and that is the end of it.
PAYOUT_HEIGHT = {PayoutState.SENT: 0, PayoutState.PAID: 1, PayoutState.FAILED: 2}
PAYOUT_OF_STRIPE = {
    "pending": PayoutState.SENT,
    "in_transit": PayoutState.SENT,
    "paid": PayoutState.PAID,
    "failed": PayoutState.FAILED,
    "canceled": PayoutState.FAILED,
}


def payout_moved(state: PayoutState, then: PayoutState) -> PayoutState | None:
    """The state that follows from what Stripe says; None where nothing does."""
    return then if PAYOUT_HEIGHT[then] > PAYOUT_HEIGHT[state] else None
