"""The bundle and its programmes as somebody may see them: drafts only for those who run them."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.programmes.queries import may_run
from incubator.programmes.reach import NoSuchProgramme
from incubator.programmes.rules import phase_of
from incubator.programmes.states import Phase
from incubator.programmes.views import BundleView, EditionBrief, PartnerView, ProgrammeBrief, ProgrammeInFull

BUNDLE = "SELECT * FROM bundle ORDER BY id LIMIT 1"
PROGRAMME = """
SELECT programme.*, gmina.slug AS gmina_slug, gmina.name AS gmina_name
FROM programme LEFT JOIN gmina ON gmina.id = programme.gmina_id
"""
# {$1: administrator, $2: office, $3: gminas that the asker coordinates}
RUNS = "($1 OR CASE WHEN programme.gmina_id IS NULL THEN $2 ELSE programme.gmina_id = ANY($3::uuid[]) END)"
SEEN = f"""
{PROGRAMME} WHERE (programme.state <> 'draft' OR {RUNS}) AND ($4::uuid IS NULL OR programme.id > $4)
ORDER BY programme.id LIMIT $5
"""
RUN = f"{PROGRAMME} WHERE {RUNS} ORDER BY programme.id"
EDITIONS = """
SELECT edition.*, call.opens_at, call.closes_at
FROM edition LEFT JOIN call ON call.edition_id = edition.id AND call.published_at <= $2
WHERE edition.programme_id = ANY($1::uuid[]) ORDER BY edition.starts_on DESC, edition.id
"""
PARTNERS = {
    owner: f"SELECT name, url, role_pl, role_en FROM partner WHERE {owner}_id = $1 ORDER BY position, id"
    for owner in ("bundle", "programme", "edition")
}
EVERYTHING = 10_000


async def bundle(tx: Tx) -> BundleView:
    """The one bundle."""
    row = await tx.fetchrow(BUNDLE)
    assert row is not None  # the migration puts it there
    partners = await partners_of(tx, "bundle", row["id"])
    names = ("id", "slug", "name_pl", "name_en", "about_pl", "about_en", "version")
    return BundleView(**{name: row[name] for name in names}, partners=partners)


async def programmes(
    tx: Tx, *, reader: Actor | None, now: datetime, after: UUID | None = None, limit: int = EVERYTHING
) -> list[ProgrammeBrief]:
    """Programmes with their editions, the oldest programme first."""
    return await _with_editions(tx, await tx.fetch(SEEN, *_runs(reader), after, limit), reader, now)


async def programmes_run(tx: Tx, *, actor: Actor, now: datetime) -> list[ProgrammeBrief]:
    """Those that the person runs, drafts included."""
    return await _with_editions(tx, await tx.fetch(RUN, *_runs(actor)), actor, now)


async def programme_by_slug(tx: Tx, *, slug: str, reader: Actor | None, now: datetime) -> ProgrammeInFull:
    """Raises NoSuchProgramme."""
    row = await tx.fetchrow(f"{PROGRAMME} WHERE programme.slug = $1", slug)
    if row is None or (row["state"] == "draft" and not runs(reader, row["gmina_id"])):
        raise NoSuchProgramme()
    [brief] = await _with_editions(tx, [row], reader, now)
    return ProgrammeInFull(
        brief=brief,
        about_pl=row["about_pl"],
        about_en=row["about_en"],
        partners=await partners_of(tx, "programme", row["id"]),
        version=row["version"],
    )


async def programme_by_id(tx: Tx, *, programme_id: UUID, reader: Actor, now: datetime) -> ProgrammeInFull:
    """What a verb hands back. Raises NoSuchProgramme."""
    slug = await tx.fetchval("SELECT slug FROM programme WHERE id = $1", programme_id)
    return await programme_by_slug(tx, slug=slug or "", reader=reader, now=now)


async def partners_of(tx: Tx, owner: str, key: UUID) -> list[PartnerView]:
    """`owner` is "bundle", "programme" or "edition"."""
    return [PartnerView(**row) for row in await tx.fetch(PARTNERS[owner], key)]


def runs(reader: Actor | None, gmina_id: UUID | None) -> bool:
    """Whether the reader, if anybody is signed in, runs programmes of this gmina."""
    return reader is not None and may_run(reader, gmina_id)


def edition_brief(row: asyncpg.Record, now: datetime) -> EditionBrief:
    """Of an edition's row with `opens_at` and `closes_at` of its published call."""
    phase = phase_of(state=row["state"], opens_at=row["opens_at"], closes_at=row["closes_at"], now=now)
    names = (name for name in EditionBrief.__struct_fields__ if name != "phase")
    return EditionBrief(**{name: row[name] for name in names}, phase=phase)


async def _with_editions(
    tx: Tx, rows: list[asyncpg.Record], reader: Actor | None, now: datetime
) -> list[ProgrammeBrief]:
    found = await tx.fetch(EDITIONS, [row["id"] for row in rows], now)
    names = [name for name in ProgrammeBrief.__struct_fields__ if name != "editions"]
    made = []
    for row in rows:
        editions = [edition_brief(one, now) for one in found if one["programme_id"] == row["id"]]
        if not runs(reader, row["gmina_id"]):
            editions = [one for one in editions if one.phase != Phase.DRAFT]
        made.append(ProgrammeBrief(**{name: row[name] for name in names}, editions=editions))
    return made


def _runs(reader: Actor | None) -> tuple[bool, bool, list[UUID]]:
    if reader is None:
        return False, False, []
    return reader.is_administrator, reader.is_office, list(reader.coordinates)
