"""What is charged for a space on a day, in one statement."""

from datetime import date
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.places.queries import NoSuchSpace
from incubator.pricing.quote_of import Prices
from incubator.pricing.rules import Extra, Tariff

# $1 the space, $2 the day, $3 a list to read instead of the one in force, a draft say.
PRICES = """
SELECT incubator.gmina_id, incubator.id AS incubator_id, space.id AS space_id, space.name_pl AS space_pl,
    space.name_en AS space_en, (SELECT version FROM rulebook) AS rulebook, list.id AS list_id,
    coalesce(list.stated, 'gross') AS stated, coalesce(list.startups_incubated, false) AS startups_incubated,
    (SELECT to_json(whole) FROM (
        SELECT tariff.*, coalesce((SELECT json_agg(rate) FROM rate WHERE tariff_id = tariff.id), '[]') AS rates
        FROM tariff JOIN tariff_space ON tariff_id = tariff.id
        WHERE tariff.list_id = list.id AND space_id = space.id
    ) AS whole)::text AS tariff,
    (SELECT json_agg(extra ORDER BY position, name_pl, id) FROM extra WHERE list_id = list.id)::text AS extras
FROM space JOIN incubator ON incubator.id = space.incubator_id
LEFT JOIN LATERAL (
    SELECT * FROM price_list
    WHERE price_list.incubator_id = incubator.id AND (price_list.id = $3 OR (
        $3::uuid IS NULL AND state = 'published' AND in_force_from <= $2
    ))
    ORDER BY in_force_from DESC LIMIT 1
) AS list ON true
WHERE space.id = $1 AND ($3 IS NOT NULL OR (space.retired_at IS NULL AND incubator.status = 'open'))
"""


async def prices_on(tx: Tx, *, space_id: UUID, day: date, list_id: UUID | None = None) -> Prices:
    """By the list in force on the day, or by another, whether it is published or not. Raises NoSuchSpace."""
    row = await tx.fetchrow(PRICES, space_id, day, list_id)
    if row is None:
        raise NoSuchSpace()
    given = dict(row)
    given["tariff"] = msgspec.json.decode(row["tariff"], type=Tariff) if row["tariff"] else None
    given["extras"] = msgspec.json.decode(row["extras"], type=tuple[Extra, ...]) if row["extras"] else ()
    return Prices(**given)
