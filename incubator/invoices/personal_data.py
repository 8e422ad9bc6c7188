"""What a person's own export holds of invoices. Erasing an account leaves them: tax law asks the gmina to keep them for
five years from the end of the year in which the tax was due (RODO, art. 17 ust. 3 lit. b), then the job takes the
person out of them (forget_buyers.py)."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

BUYER = "SELECT told::text AS buyer FROM invoice_buyer WHERE account_id = $1"
INVOICED = """
SELECT id, number, kind, issued_on, supplied_on, net, vat, gross, document->'buyer'->>'name' AS buyer,
    document->'buyer'->'address'->>'line1' AS street, document->'buyer'->'address'->>'line2' AS town,
    make_date(year + 7, 1, 1) AS kept_until
FROM invoice WHERE account_id = $1 ORDER BY issued_on, id
"""
NOTED = """
SELECT id, number, kind, issued_on, amount, document->'buyer'->>'name' AS buyer, make_date(year + 7, 1, 1) AS kept_until
FROM accounting_note WHERE account_id = $1 ORDER BY issued_on, id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("invoice_buyer", query(BUYER)),
    ("invoices", query(INVOICED)),
    ("accounting_notes", query(NOTED)),
)
"""Sections of the export, in order."""
