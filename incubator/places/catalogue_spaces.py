"""Spaces as the public sees them: one, those of an incubator, or those that fit a wish."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.places.details import SpaceRules, picked
from incubator.places.queries import NoSuchSpace
from incubator.places.reach import SpaceRetired
from incubator.places.views import PhotoView, SpaceView

SPACES = """
SELECT space.*, incubator.slug AS incubator_slug, incubator.name AS incubator_name,
    incubator.status AS incubator_status, gmina.id AS gmina_id, gmina.slug AS gmina_slug, gmina.name AS gmina_name,
    (SELECT coalesce(array_agg(part_id ORDER BY part_id), '{}') FROM space_part WHERE space_id = space.id) AS parts,
    (
        SELECT json_agg(json_build_object(
            'id', id, 'path', '/photos/' || id, 'alt_pl', alt_pl, 'alt_en', alt_en
        ) ORDER BY added_at, id)
        FROM space_photo WHERE space_id = space.id
    )::text AS photos
FROM space JOIN incubator ON incubator.id = space.incubator_id JOIN gmina ON gmina.id = incubator.gmina_id
"""
# $1 gmina, $2 incubator, $3 kind, $4 capacity at least, $5 all of this equipment, $6–$8 access.
FITTING = """
WHERE space.retired_at IS NULL
    AND ($1::text IS NULL OR gmina.slug = $1)
    AND ($2::text IS NULL OR incubator.slug = $2)
    AND ($3::text IS NULL OR space.kind = $3)
    AND ($4::int IS NULL OR space.capacity >= $4)
    AND space.equipment @> $5::text[]
    AND (space.step_free OR NOT $6::bool)
    AND (space.induction_loop OR NOT $7::bool)
    AND (space.accessible_wc OR NOT $8::bool)
"""
PAGE = f"{SPACES} {FITTING} AND ($9::uuid IS NULL OR space.id > $9) ORDER BY space.id LIMIT $10"
SHELF = f"{SPACES} {FITTING} ORDER BY space.position, space.kind DESC, space.name_pl, space.id"
ONE = f"{SPACES} WHERE space.id = $1"
NAMED = f"{SPACES} WHERE incubator.slug = $1 AND space.slug = $2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a space should be: slugs of its gmina and incubator, its kind, the least capacity, all of
    the equipment, and access. Nothing said, nothing asked."""

    gmina: str | None = None
    incubator: str | None = None
    kind: str | None = None
    capacity: int | None = None
    equipment: tuple[str, ...] = ()
    step_free: bool = False
    induction_loop: bool = False
    accessible_wc: bool = False

    @property
    def parameters(self) -> tuple[object, ...]:
        """In the order of the statement."""
        return (
            self.gmina,
            self.incubator,
            self.kind,
            self.capacity,
            list(self.equipment),
            self.step_free,
            self.induction_loop,
            self.accessible_wc,
        )


async def spaces(tx: Tx, *, wish: Wish, after: UUID | None = None, limit: int = 100) -> list[SpaceView]:
    """Spaces that fit, in the order of their making, for reading page by page."""
    return [_space(row) for row in await tx.fetch(PAGE, *wish.parameters, after, limit)]


async def shelf(tx: Tx, *, wish: Wish) -> list[SpaceView]:
    """All the spaces that fit, in the order that their coordinators gave them."""
    return [_space(row) for row in await tx.fetch(SHELF, *wish.parameters)]


async def space_by_id(tx: Tx, *, space_id: UUID) -> SpaceView:
    """Raises NoSuchSpace, SpaceRetired."""
    return _there(await tx.fetchrow(ONE, space_id))


async def space_by_slugs(tx: Tx, *, incubator: str, space: str) -> SpaceView:
    """Raises NoSuchSpace, SpaceRetired."""
    return _there(await tx.fetchrow(NAMED, incubator, space))


def drawing_of(kind: str, capacity: int) -> str:
    """Where the drawn stand-in for a photo is found."""
    return f"/drawings/{kind}-{capacity}.svg"


def _there(row: asyncpg.Record | None) -> SpaceView:
    if row is None:
        raise NoSuchSpace()
    if row["retired_at"] is not None:
        raise SpaceRetired(row["id"])
    return _space(row)


def _space(row: asyncpg.Record) -> SpaceView:
    return msgspec.convert(
        {
            **row,
            "photos": msgspec.json.decode(row["photos"] or b"[]", type=list[PhotoView]),
            "drawing": drawing_of(row["kind"], row["capacity"]),
            "rules": picked(row, SpaceRules),
        },
        SpaceView,
    )
