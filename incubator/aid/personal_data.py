"""What a person's own export holds of aid. Grants to companies are kept for ten years, as the Regulation asks
(art. 6(7)); they are the company's, not a person's."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

DECLARED = """
SELECT aid_declaration.id, organisation.name AS organisation, declared_at
FROM aid_declaration JOIN organisation ON organisation.id = organisation_id WHERE account_id = $1 ORDER BY declared_at
"""

PERSONAL: tuple[tuple[str, Query], ...] = (("aid_declarations", query(DECLARED)),)
"""Sections of the export, in order."""
