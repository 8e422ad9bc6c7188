"""All places there are and were, for those who count what they are used for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.places.in_service import trading


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceThere:
    """A space; `joined` where it is made of others, `retired_at` where it is out of use."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    kind: str
    joined: bool
    retired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncubatorThere:
    """An incubator with its spaces; `traded` says whether it took bookings at some time of the span."""

    id: UUID
    slug: str
    name: str
    status: str
    traded: bool
    spaces: tuple[SpaceThere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GminaThere:
    """A gmina with its incubators by name."""

    id: UUID
    slug: str
    name: str
    incubators: tuple[IncubatorThere, ...]


# $1 gminas (all, where it is NULL), $2 start and $3 end of the span.
INVENTORY = f"""
WITH {trading(incubators="ARRAY(SELECT id FROM incubator WHERE $1::uuid[] IS NULL OR gmina_id = ANY($1))")}
SELECT gmina.id, gmina.slug, gmina.name, (
    SELECT json_agg(json_build_object(
        'id', incubator.id, 'slug', incubator.slug, 'name', incubator.name, 'status', incubator.status,
        'traded', coalesce(trading.during && tstzrange($2, $3), false),
        'spaces', coalesce((
            SELECT json_agg(json_build_object(
                'id', id, 'slug', slug, 'name_pl', name_pl, 'name_en', name_en, 'kind', kind,
                'joined', resource_id IS NULL, 'retired_at', retired_at
            ) ORDER BY position, slug)
            FROM space WHERE space.incubator_id = incubator.id
        ), '[]')
    ) ORDER BY incubator.name, incubator.slug)
    FROM incubator LEFT JOIN trading ON trading.incubator_id = incubator.id
    WHERE incubator.gmina_id = gmina.id
)::text AS incubators
FROM gmina WHERE $1 IS NULL OR gmina.id = ANY($1)
"""


async def inventory(tx: Tx, *, gmina_ids: Sequence[UUID] | None, span: Period) -> list[GminaThere]:
    """The gminas (all, where None is said) with everything in them, spaces out of use too."""
    rows = await tx.fetch(INVENTORY, gmina_ids, span.start, span.end)
    return [
        msgspec.convert({**row, "incubators": msgspec.json.decode(row["incubators"] or b"[]")}, GminaThere)
        for row in rows
    ]
