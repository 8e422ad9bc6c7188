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
