"""Gminas and incubators as the public sees them."""

from datetime import date, datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.places.queries import NoSuchGmina, NoSuchIncubator
from incubator.places.rules import clock_of
from incubator.places.views import (
    ClosureView,
    ExceptionView,
    GminaView,
    HoursView,
    IncubatorBrief,
    IncubatorView,
    QuotaView,
    ZoneView,
)

BRIEF = """
SELECT incubator.id, incubator.slug, incubator.name, incubator.status, incubator.town, incubator.gmina_id,
    coalesce(array_agg(DISTINCT space.kind) FILTER (WHERE space.id IS NOT NULL), '{}') AS kinds,
    count(space.id) AS spaces
FROM incubator LEFT JOIN space ON space.incubator_id = incubator.id AND space.retired_at IS NULL
"""
GMINAS = f"""
SELECT gmina.*, (
    SELECT json_agg(brief ORDER BY brief.name) FROM ({BRIEF} WHERE incubator.gmina_id = gmina.id GROUP BY incubator.id) AS brief
)::text AS incubators
FROM gmina
WHERE ($1::uuid IS NULL OR gmina.id > $1) AND ($2::text IS NULL OR gmina.slug = $2)
ORDER BY gmina.id LIMIT $3
"""
INCUBATORS = f"""
{BRIEF} JOIN gmina ON gmina.id = incubator.gmina_id
WHERE ($1::uuid IS NULL OR incubator.id > $1) AND ($2::text IS NULL OR gmina.slug = $2)
    AND ($3::text IS NULL OR incubator.status = $3)
GROUP BY incubator.id ORDER BY incubator.id LIMIT $4
"""
INCUBATOR = """
SELECT incubator.*, gmina.slug AS gmina_slug, gmina.name AS gmina_name
FROM incubator JOIN gmina ON gmina.id = incubator.gmina_id
WHERE incubator.slug = $1 OR incubator.id = $2
"""
ZONES = """
SELECT zone.id, zone.slug, zone.name_pl, zone.name_en, count(space.id) AS desks
FROM zone LEFT JOIN space ON space.zone_id = zone.id AND space.retired_at IS NULL
WHERE zone.incubator_id = $1 GROUP BY zone.id ORDER BY zone.name_pl
"""
WEEKLY = """
SELECT weekday, opens, closes FROM weekly_hours
WHERE incubator_id = $1 OR space_id = $1 ORDER BY weekday, opens
"""
DATED = """
SELECT day, min(note) AS note, array_agg(opens ORDER BY opens) AS opens, array_agg(closes ORDER BY opens) AS closes
FROM dated_hours WHERE (incubator_id = $1 OR space_id = $1) AND day >= $2 GROUP BY day ORDER BY day
"""
CLOSURES = """
SELECT id, gmina_id, incubator_id, space_id, lower(during) AS start, upper(during) AS end, reason_pl, reason_en
FROM closure
WHERE withdrawn_at IS NULL AND upper(during) > $3 AND gmina_id = $1
    AND ($2::uuid IS NULL OR incubator_id IS NULL OR incubator_id = $2)
ORDER BY lower(during), id
"""
QUOTAS = """
SELECT quota.*, (SELECT count(*) FROM space WHERE quota_id = quota.id AND retired_at IS NULL) AS spaces
FROM quota WHERE incubator_id = $1 ORDER BY name, id
"""
HOLIDAYS = "SELECT day, name_pl, name_en FROM public_holiday WHERE extract(year FROM day) = $1 ORDER BY day"


async def gminas(tx: Tx, *, after: UUID | None = None, limit: int = 100) -> list[GminaView]:
    """The gminas of the metropolis, in the order of their making."""
    return [_gmina(row) for row in await tx.fetch(GMINAS, after, None, limit)]


async def gmina_by_slug(tx: Tx, *, slug: str) -> GminaView:
    """Raises NoSuchGmina."""
    row = await tx.fetchrow(GMINAS, None, slug, 1)
    if row is None:
        raise NoSuchGmina()
    return _gmina(row)


async def incubators(
    tx: Tx, *, gmina: str | None = None, status: str | None = None, after: UUID | None = None, limit: int = 100
) -> list[IncubatorBrief]:
    """The incubators of the metropolis, or of the gmina with this slug."""
    rows = await tx.fetch(INCUBATORS, after, gmina, status, limit)
    return [msgspec.convert(dict(row), IncubatorBrief) for row in rows]


async def incubator_by_slug(tx: Tx, *, slug: str, now: datetime) -> IncubatorView:
    """With exceptions and closures that are not over yet. Raises NoSuchIncubator."""
    return await _incubator(tx, await tx.fetchrow(INCUBATOR, slug, None), now)


async def incubator_by_id(tx: Tx, *, incubator_id: UUID, now: datetime) -> IncubatorView:
    """With exceptions and closures that are not over yet. Raises NoSuchIncubator."""
    return await _incubator(tx, await tx.fetchrow(INCUBATOR, None, incubator_id), now)


async def hours_of(tx: Tx, *, place_id: UUID) -> list[HoursView]:
    """The weekly hours of an incubator, or those that a space has of its own."""
    rows = await tx.fetch(WEEKLY, place_id)
    return [
        HoursView(weekday=row["weekday"], opens=clock_of(row["opens"]), closes=clock_of(row["closes"])) for row in rows
    ]


async def exceptions_of(tx: Tx, *, place_id: UUID, since: date) -> list[ExceptionView]:
    """Exceptions of an incubator or a space, for days from `since` on."""
    return [_exception(row) for row in await tx.fetch(DATED, place_id, since)]


async def quotas_of(tx: Tx, *, incubator_id: UUID) -> list[QuotaView]:
    """The quotas that spaces of this incubator can share."""
    return [msgspec.convert(dict(row), QuotaView) for row in await tx.fetch(QUOTAS, incubator_id)]


async def closures_in(tx: Tx, *, slug: str, now: datetime) -> list[ClosureView]:
    """Closures in a gmina that are not over, of its incubators and spaces too. Raises NoSuchGmina."""
    gmina = await gmina_by_slug(tx, slug=slug)
    return await closures_over(tx, gmina_id=gmina.id, incubator_id=None, now=now)


async def closures_over(tx: Tx, *, gmina_id: UUID, incubator_id: UUID | None, now: datetime) -> list[ClosureView]:
    """Closures that are not over: of the gmina, and of the incubator (all, where none is named) and
    its spaces."""
    rows = await tx.fetch(CLOSURES, gmina_id, incubator_id, now)
    return [msgspec.convert(dict(row), ClosureView) for row in rows]


async def holidays_of(tx: Tx, *, year: int) -> list[tuple[date, str, str]]:
    """The public holidays of a year with their Polish and English names."""
    rows = await tx.fetch(HOLIDAYS, year)
    return [(row["day"], row["name_pl"], row["name_en"]) for row in rows]


async def _incubator(tx: Tx, row: asyncpg.Record | None, now: datetime) -> IncubatorView:
    if row is None:
        raise NoSuchIncubator()
    key = row["id"]
    return msgspec.convert(
        {
            **row,
            "hours": await hours_of(tx, place_id=key),
            "exceptions": await exceptions_of(tx, place_id=key, since=now.date()),
            "zones": [msgspec.convert(dict(zone), ZoneView) for zone in await tx.fetch(ZONES, key)],
            "closures": await closures_over(tx, gmina_id=row["gmina_id"], incubator_id=key, now=now),
        },
        IncubatorView,
    )


def _gmina(row: asyncpg.Record) -> GminaView:
    inside = msgspec.json.decode(row["incubators"] or b"[]", type=list[IncubatorBrief])
    return msgspec.convert({**row, "incubators": inside}, GminaView)


def _exception(row: asyncpg.Record) -> ExceptionView:
    stretches = zip(row["opens"], row["closes"], strict=True)
    hours = [[clock_of(opens), clock_of(closes)] for opens, closes in stretches if opens is not None]
    return ExceptionView(day=row["day"], hours=hours, note=row["note"])
