"""What becomes of a charge, a payment, a refund and a line of a bank's file."""

from enum import StrEnum


class ChargeState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    WRITTEN_OFF = "written_off"


class RefundState(StrEnum):
    """Due, asked of the bank or of Stripe, gone."""

    DUE = "due"
    SENT = "sent"
    DONE = "done"


class Method(StrEnum):
    TRANSFER = "transfer"
    CARD = "card"
    BLIK = "blik"
    P24 = "p24"
    CREDIT = "credit"


THROUGH_STRIPE = frozenset({Method.CARD, Method.BLIK, Method.P24})


class Why(StrEnum):
    """Why money goes back."""

    CANCELLED = "cancelled"
    DEPOSIT = "deposit"
    OVERPAID = "overpaid"


class LineState(StrEnum):
    WAITING = "waiting"
    MATCHED = "matched"
    IGNORED = "ignored"


# From done to due: the bank of who gets it sends it back, days later.
REFUND_ALLOWED = {
    RefundState.DUE: {RefundState.SENT, RefundState.DONE},
    RefundState.SENT: {RefundState.DUE, RefundState.DONE},
    RefundState.DONE: {RefundState.DUE},
}
