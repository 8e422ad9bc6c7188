"""What a person's own export holds of prices. An erasure leaves quotes as they are: they belong to the accounts
of the gmina, name nobody, and the account that they point at has no name any more."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

QUOTED = """
SELECT quote.id, incubator.name AS incubator, category, subject_kind, subject_id, net, vat, gross, deposit, made_at
FROM quote JOIN incubator ON incubator.id = quote.incubator_id
WHERE account_id = $1 ORDER BY made_at, quote.id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (("quotes", query(QUOTED)),)
"""Sections of the export, in order."""
