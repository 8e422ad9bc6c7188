"""What is charged for a space on a day, in one statement."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.places.queries import NoSuchSpace
from incubator.pricing.quote_of import Prices
from incubator.pricing.rules import Extra, Tariff

# $1 the space, $2 the day, $3 a list to read instead of the one in force, a draft say; $4 extras of other lists of the
# incubator, which were chosen when those counted.
PRICES = """
SELECT incubator.gmina_id, incubator.id AS incubator_id, space.id AS space_id, space.name_pl AS space_pl,
    space.name_en AS space_en, (SELECT version FROM rulebook) AS rulebook, list.id AS list_id,
    coalesce(list.stated, 'gross') AS stated, coalesce(list.startups_incubated, false) AS startups_incubated,
    (SELECT to_json(whole) FROM (
        SELECT tariff.*, coalesce((SELECT json_agg(rate) FROM rate WHERE tariff_id = tariff.id), '[]') AS rates
        FROM tariff JOIN tariff_space ON tariff_id = tariff.id
        WHERE tariff.list_id = list.id AND space_id = space.id
    ) AS whole)::text AS tariff,
    (SELECT json_agg(extra ORDER BY position, name_pl, id) FROM extra WHERE list_id = list.id)::text AS extras,
    (SELECT json_agg(earlier ORDER BY position, name_pl, id) FROM (
        SELECT extra.*, nullif(other.stated, list.stated) AS stated
        FROM extra JOIN price_list AS other ON other.id = extra.list_id
        WHERE extra.id = ANY($4::uuid[]) AND other.id <> list.id AND other.state = 'published'
            AND other.incubator_id = incubator.id
    ) AS earlier)::text AS earlier
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


async def prices_on(
    tx: Tx, *, space_id: UUID, day: date, list_id: UUID | None = None, earlier: Sequence[UUID] = ()
) -> Prices:
    """By the list in force on the day, or by another, whether it is published or not; with extras of `earlier` lists of
    the same incubator at the prices of those. Raises NoSuchSpace."""
    row = await tx.fetchrow(PRICES, space_id, day, list_id, earlier)
    if row is None:
        raise NoSuchSpace()
    given = dict(row)
    given["tariff"] = msgspec.json.decode(row["tariff"], type=Tariff) if row["tariff"] else None
    told = [row["extras"], given.pop("earlier")]
    given["extras"] = tuple(one for text in told if text for one in msgspec.json.decode(text, type=list[Extra]))
    return Prices(**given)
