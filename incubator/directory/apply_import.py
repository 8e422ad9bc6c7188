"""Let a file count that was looked at: all of it, as it was seen, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.directory.check_rows import ImportRow
from incubator.directory.entering import enter
from incubator.directory.hold_back import hold_back
from incubator.directory.imports import LIVES, NoSuchImport, import_for
from incubator.directory.rules import OBJECTION
from incubator.directory.slugs import free_slugs
from incubator.directory.views_import import ImportView
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_, Conflict, Gone
from incubator.kernel.ids import digest, uuid7
from incubator.people.actor import Actor
from incubator.people.telling import tell

AT_ONCE = 500


class ImportHasBadRows(Conflict):
    """Nothing of a file with bad rows is taken over."""

    code = "import_has_bad_rows"
    sentence = N_("Some rows of this file are wrong. Put them right and send the file again: nothing is taken over by halves.")  # fmt: skip


class ImportMoved(Conflict):
    """What the file was compared to has changed since."""

    code = "import_moved"
    sentence = N_("Companies of this file have changed in the directory since you looked. Send the file again to see how it stands now.")  # fmt: skip


class ImportOver(Gone):
    """It was applied, or looked at longer than a day ago."""

    code = "import_over"
    sentence = N_("This import is done, or too old. Send the file again if need be.")


LOCKED = """
SELECT *, rows::text AS told FROM directory_import WHERE id = $1 AND (gmina_id = ANY($2::uuid[]) OR $3) FOR UPDATE
"""
STANDING = "SELECT id, nip, version FROM directory_profile WHERE nip = ANY($1::text[]) ORDER BY nip FOR UPDATE"
OBJECTED = "SELECT EXISTS (SELECT FROM directory_objection WHERE nip_hash = ANY($1::bytea[]))"
COLUMNS = (
    "nip", "name", "sole_trader", "regon", "krs", "town", "makes_pl", "makes_en", "looking_for_pl", "looking_for_en",
    "offers_pl", "offers_en", "website", "email", "phone",
)  # fmt: skip
TYPES = ", ".join(f"{name} {'boolean' if name == 'sole_trader' else 'text'}" for name in COLUMNS)
GIVEN = f"""
FROM jsonb_to_recordset($1::text::jsonb)
AS given (id uuid, slug text, sort_key text, {TYPES}, pkd_2007 text[], pkd_2025 text[])
"""
ADD = f"""
INSERT INTO directory_profile (id, slug, gmina_id, sort_key, {", ".join(COLUMNS)}, pkd_2007, pkd_2025, state, hidden_because,
    publish_at, source, source_day, confirmed_at, reminders, created_at, version)
SELECT id, slug, $2, sort_key, {", ".join(COLUMNS)}, pkd_2007, pkd_2025,
    CASE WHEN sole_trader THEN 'waiting' ELSE 'published' END, '', CASE WHEN sole_trader THEN $3::timestamptz END, $4, $5, $6,
    0, $6, 1
{GIVEN} ORDER BY nip ON CONFLICT DO NOTHING RETURNING id
"""
CHANGE = f"""
UPDATE directory_profile SET sort_key = given.sort_key, {", ".join(f"{name} = given.{name}" for name in COLUMNS)},
    pkd_2007 = given.pkd_2007, pkd_2025 = given.pkd_2025, version = version + 1
{GIVEN} WHERE directory_profile.id = given.id
"""
# What a register says today is looked through; what was hidden for its age comes back.
FRESH = """
UPDATE directory_profile SET source = $2, source_day = $3, confirmed_at = $4, reminders = 0, reminded_at = NULL, still_hash = NULL,
    state = CASE WHEN hidden_because = 'stale' THEN 'published' ELSE state END,
    hidden_because = CASE WHEN hidden_because = 'stale' THEN '' ELSE hidden_because END
WHERE id = ANY($1::uuid[])
"""
CLEAR = "DELETE FROM directory_profile_specialisation WHERE profile_id = ANY($1::uuid[])"
COUNT_TO = """
INSERT INTO directory_profile_specialisation (profile_id, specialisation_id)
SELECT DISTINCT given.profile_id, known.id FROM unnest($1::uuid[], $2::text[]) AS given (profile_id, slug)
JOIN directory_specialisation AS known USING (slug)
"""
RECORD = """
INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
SELECT $2, $3, 'import', 'company', id, $4, jsonb_build_object('import_id', $5::uuid) FROM unnest($1::uuid[]) AS id
"""
DONE = "UPDATE directory_import SET applied_at = $2 WHERE id = $1"


async def apply_import(tx: Tx, *, actor: Actor, import_id: UUID, now: datetime) -> ImportView:
    """For the gmina's coordinator. Companies are shown at once; sole traders are told first and shown two
    weeks later, those too that stood here as a company so far. Raises NoSuchImport, ImportOver, ImportHasBadRows, ImportMoved."""
    kept = await tx.fetchrow(LOCKED, import_id, list(actor.coordinates), actor.is_administrator)
    if kept is None:
        raise NoSuchImport()
    if kept["applied_at"] is not None or now - kept["made_at"] > LIVES:
        raise ImportOver()
    if kept["bad"]:
        raise ImportHasBadRows()
    rows = msgspec.json.decode(kept["told"], type=list[ImportRow])
    await _must_stand_as_seen(tx, rows)
    touched = await _add(tx, kept, [row for row in rows if row.what == "new"], now)
    touched += await _change(tx, [row for row in rows if row.what == "changed"])
    same = [UUID(row.profile_id) for row in rows if row.what == "unchanged"]
    await tx.execute(FRESH, [*touched, *same], kept["source"], kept["source_day"], now)
    await hold_back(tx, profile_ids=[*touched, *same], now=now)
    for first in range(0, len(touched) + len(same), AT_ONCE):
        await enter(tx, [*touched, *same][first : first + AT_ONCE])
    await tx.execute(RECORD, touched, now, actor.account_id, kept["gmina_id"], import_id)
    await tx.execute(DONE, import_id, now)
    of, after = ("import", import_id), {"new": kept["fresh"], "changed": kept["changed"]}
    await tell(tx, actor, now, "apply_import", of=of, gmina_id=kept["gmina_id"], after=after)
    return await import_for(tx, actor=actor, import_id=import_id)


async def _must_stand_as_seen(tx: Tx, rows: Sequence[ImportRow]) -> None:
    there = {
        row["nip"]: (str(row["id"]), row["version"]) for row in await tx.fetch(STANDING, [row.nip for row in rows])
    }
    if any(there.get(row.nip, ("", 0)) != (row.profile_id, row.seen) for row in rows):
        raise ImportMoved()
    if await tx.fetchval(OBJECTED, [digest(row.nip) for row in rows if row.what == "new"]):
        raise ImportMoved()


async def _add(tx: Tx, kept: asyncpg.Record, rows: list[ImportRow], now: datetime) -> list[UUID]:
    """Raises ImportMoved where somebody else brings one of them in at this moment."""
    named = [(row.name, uuid7()) for row in rows]
    slugs = await free_slugs(tx, names=named)
    given = [_columns(row, key, slug) for row, (_, key), slug in zip(rows, named, slugs, strict=True)]
    day: date = kept["source_day"]
    made = await tx.fetch(ADD, _json(given), kept["gmina_id"], now + OBJECTION, kept["source"], day, now)
    if len(made) != len(rows):
        raise ImportMoved()
    keys = [key for _, key in named]
    await _count_to(tx, rows, keys)
    return keys


async def _change(tx: Tx, rows: list[ImportRow]) -> list[UUID]:
    keys = [UUID(row.profile_id) for row in rows]
    await tx.execute(CHANGE, _json([_columns(row, key, "") for row, key in zip(rows, keys, strict=True)]))
    await tx.execute(CLEAR, keys)
    await _count_to(tx, rows, keys)
    return keys


async def _count_to(tx: Tx, rows: list[ImportRow], keys: list[UUID]) -> None:
    pairs = [(key, slug) for row, key in zip(rows, keys, strict=True) for slug in row.specialisations]
    await tx.execute(COUNT_TO, [key for key, _ in pairs], [slug for _, slug in pairs])


def _columns(row: ImportRow, key: UUID, slug: str) -> dict[str, Any]:
    return {**msgspec.structs.asdict(row), "id": str(key), "slug": slug, "sort_key": alphabetical(row.name)}


def _json(rows: list[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()
