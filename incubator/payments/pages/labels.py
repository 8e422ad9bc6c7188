"""What fields and states of payments are called."""

from collections.abc import Mapping

from incubator.kernel.errors import N_
from incubator.payments.states import ChargeState, Method, RefundState, Why
from incubator.payments.stripe.states import DisputeState
from incubator.web.i18n import Translator

LABELS = {
    "amount": N_("Amount in zł"),
    "received_on": N_("Day on which it came"),
    "done_on": N_("Day on which it was sent"),
    "reference": N_("The bank's reference"),
    "keep": N_("What stays with the gmina, in zł"),
    "reason": N_("Reason"),
    "number": N_("Account number"),
    "holder": N_("Name of the recipient"),
    "nip": N_("NIP of the recipient"),
    "valid_from": N_("Counts from"),
    "before_days": N_("Days before it is due"),
    "late_days": N_("Days after it was due, for the first time"),
    "last_days": N_("Days after it was due, for the last time"),
    "file": N_("File of the bank"),
    "title": N_("Number of the payment"),
    "charge_id": N_("What it was for"),
    "sure": N_("Yes, really"),
}
STATES = {
    ChargeState.OPEN: N_("to pay"),
    ChargeState.PAID: N_("paid"),
    ChargeState.CANCELLED: N_("cancelled"),
    ChargeState.WRITTEN_OFF: N_("written off"),
}
METHODS = {
    Method.TRANSFER: N_("transfer"),
    Method.CARD: N_("card"),
    Method.BLIK: "BLIK",
    Method.P24: "Przelewy24",
    Method.CREDIT: N_("paid ahead"),
}
REFUNDS = {
    RefundState.DUE: N_("to be sent"),
    RefundState.SENT: N_("asked for"),
    RefundState.DONE: N_("sent"),
}
WHYS = {
    Why.CANCELLED: N_("after a cancellation"),
    Why.DEPOSIT: N_("deposit"),
    Why.OVERPAID: N_("paid too much"),
}
DISPUTES = {
    DisputeState.OPEN: N_("open"),
    DisputeState.WON: N_("won"),
    DisputeState.LOST: N_("lost"),
}
REASONS = {
    "fraudulent": N_("they say that they did not pay it"),
    "unrecognized": N_("they do not know the payment"),
    "duplicate": N_("they say that it was taken twice"),
    "credit_not_processed": N_("they say that it was to be given back"),
    "product_not_received": N_("they say that they did not get what they paid for"),
    "product_unacceptable": N_("they say that it was not as promised"),
    "subscription_canceled": N_("they say that they had called it off"),
    "general": N_("another reason"),
}
"""Stripe's words; what is not among them is another reason."""
SUGGESTED = {
    "number": N_("named in the title"),
    "name": N_("same amount and name"),
    "amount": N_("the only one of this amount"),
}
PROBLEMS = {
    "day": N_("the day cannot be read"),
    "amount": N_("the amount cannot be read"),
    "currency": N_("another currency than PLN"),
}


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}
