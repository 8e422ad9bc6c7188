"""What a person's own export holds of payments. An erasure leaves them: the law on accounting asks for them for five
years (ustawa o rachunkowości, art. 74 ust. 2); forget_payers.py empties names after that."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# What their organisations owe is the organisations', but who asked for it is told.
CHARGES = """
SELECT charge.id, gmina.name AS gmina, incubator.name AS incubator, charge.subject_kind, charge.subject_id, charge.payer,
    charge.text_pl, charge.number, charge.net, charge.vat, charge.deposit, charge.paid, charge.refunded, charge.deposit_kept,
    charge.deposit_reason, charge.outstanding, charge.state, charge.due_at, charge.created_at,
    make_date(extract(year FROM charge.created_at)::integer + 5, 12, 31) AS kept_until
FROM charge JOIN gmina ON gmina.id = charge.gmina_id JOIN incubator ON incubator.id = charge.incubator_id
WHERE charge.account_id = $1 ORDER BY charge.created_at, charge.id
"""
PAYMENTS = """
SELECT payment.charge_id, payment.received_on, payment.method, payment.amount, payment.reference, payment.withdrawn_at,
    bank_line.payer, bank_line.iban, bank_line.title
FROM payment JOIN charge ON charge.id = payment.charge_id LEFT JOIN bank_line ON bank_line.id = payment.bank_line_id
WHERE charge.account_id = $1 AND payment.withdrawn_at IS NULL ORDER BY payment.created_at, payment.id
"""
REFUNDS = """
SELECT refund.charge_id, refund.amount, refund.why, refund.method, refund.state, refund.done_on, refund.created_at
FROM refund JOIN charge ON charge.id = refund.charge_id WHERE charge.account_id = $1 ORDER BY refund.created_at, refund.id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("charges", query(CHARGES)),
    ("payments", query(PAYMENTS)),
    ("refunds", query(REFUNDS)),
)
"""Sections of the export, in order."""
