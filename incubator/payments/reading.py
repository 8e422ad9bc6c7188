"""Rows made into views."""

from typing import Any, TypeAlias

import asyncpg

from incubator.payments.states import ChargeState, LineState, Method, RefundState, Why
from incubator.payments.views import BankLineView, ChargeView, PaymentView, RefundView

CHARGE = """
charge.id, charge.gmina_id, gmina.name AS gmina_name, charge.incubator_id, incubator.name AS incubator_name,
charge.subject_kind, charge.subject_id, charge.quote_id, charge.account_id, charge.organisation_id, charge.payer, charge.text_pl,
charge.text_en, charge.number, charge.net, charge.vat, charge.deposit, charge.paid, charge.refunded, charge.back_net, charge.back_vat,
charge.written_off, charge.deposit_back, charge.deposit_kept, charge.deposit_reason, charge.deposit_settled_at, charge.owed,
charge.outstanding, charge.state, charge.reason, charge.due_at, charge.lapses, charge.reminders, charge.paid_at, charge.created_at, charge.version
"""
FROM = "charge JOIN gmina ON gmina.id = charge.gmina_id JOIN incubator ON incubator.id = charge.incubator_id"
PAYMENT = """
payment.id, payment.method, payment.amount, payment.received_on, payment.reference, payment.withdrawn_at,
(SELECT coalesce(sum(refund.amount), 0) FROM refund WHERE payment_id = payment.id)::bigint AS refunded
"""
REFUND = """
refund.id, refund.charge_id, refund.payment_id, refund.method, refund.amount, refund.why, refund.state, refund.reference,
refund.done_on, refund.created_at, refund.version
"""
LINE = "id, gmina_id, booked_on, amount, used, payer, iban, title, state"

Row: TypeAlias = "asyncpg.Record | dict[str, Any]"


def charge_of(row: Row) -> ChargeView:
    told: dict[str, Any] = dict(row)
    return ChargeView(**{**told, "state": ChargeState(told["state"])})


def payment_of(row: Row) -> PaymentView:
    told: dict[str, Any] = dict(row)
    return PaymentView(**{**told, "method": Method(told["method"])})


def refund_of(row: Row) -> RefundView:
    told: dict[str, Any] = dict(row)
    words = {"method": Method(told["method"]), "why": Why(told["why"]), "state": RefundState(told["state"])}
    return RefundView(**{**told, **words})


def line_of(row: Row) -> BankLineView:
    told: dict[str, Any] = dict(row)
    return BankLineView(**{**told, "state": LineState(told["state"])})
