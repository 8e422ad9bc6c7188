"""What a person's own export holds of passes."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# What they bought for an organisation is the organisation's, but who bought it is told.
BOUGHT = """
SELECT bought.id, gmina.name AS gmina, organisation.name AS organisation, product.name_pl, product.kind, product.amount,
    bought.state, lower(credit.valid) AS valid_from, upper(credit.valid) AS valid_until, credit.used AS drawn,
    bought.charge_id, bought.created_at
FROM pass_bought AS bought JOIN pass_product AS product ON product.id = product_id JOIN gmina ON gmina.id = bought.gmina_id
LEFT JOIN organisation ON organisation.id = bought.organisation_id LEFT JOIN credit ON credit.id = bought.credit_id
WHERE bought.bought_by = $1 ORDER BY bought.created_at, bought.id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (("passes", query(BOUGHT)),)
"""Sections of the export, in order."""
