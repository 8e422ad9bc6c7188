"""What a person's own export holds of payments through Stripe."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

OWN = """
SELECT checkout.id, gmina.name AS gmina, amount, text, email, state, method, wanted_at, paid_at
FROM checkout JOIN gmina ON gmina.id = gmina_id WHERE account_id = $1 ORDER BY wanted_at, checkout.id
"""
GIVEN_BACK = """
SELECT stripe_refund.id, checkout_id, stripe_refund.amount, stripe_refund.state, stripe_refund.wanted_at, ended_at
FROM stripe_refund JOIN checkout ON checkout.id = checkout_id WHERE account_id = $1
ORDER BY stripe_refund.wanted_at, stripe_refund.id
"""

DISPUTED = """
SELECT stripe_dispute.id, checkout_id, stripe_dispute.amount, stripe_dispute.reason, stripe_dispute.state, opened_at, ended_at
FROM stripe_dispute JOIN checkout ON checkout.id = checkout_id WHERE account_id = $1 ORDER BY opened_at, stripe_dispute.id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("checkouts", query(OWN)),
    ("stripe_refunds", query(GIVEN_BACK)),
    ("disputes", query(DISPUTED)),
)
"""Sections of the export, in order."""
