"""What a person's own export holds of credits."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# What their organisations hold is the organisations'.
GRANTED = """
SELECT credit.id, credit.kind, gmina.name AS gmina, name_pl, name_en, lower(valid) AS valid_from, upper(valid) AS valid_until,
    granted, used, credit.created_at
FROM credit LEFT JOIN gmina ON gmina.id = credit.gmina_id
WHERE holder_id = $1 AND account_id IS NOT NULL ORDER BY lower(valid), credit.id
"""

PERSONAL: tuple[tuple[str, Query], ...] = (("credits", query(GRANTED)),)
"""Sections of the export, in order."""
