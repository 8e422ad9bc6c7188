"""Look at a file of companies before it counts: what is new, what changes, what is wrong."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.directory.check_rows import CannotBeTold, Checked, ImportRow, RowProblem, problem
from incubator.directory.imports import import_for
from incubator.directory.specialisations import UnknownSpecialisation
from incubator.directory.views_import import ImportView
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import digest, uuid7
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.telling import tell


class StandsElsewhere(Invalid):
    """The company stands in the directory of another gmina. `gmina` says which."""

    code = "stands_elsewhere"
    sentence = N_("This company stands in the directory of another gmina ({gmina}).")

    def __init__(self, gmina: str) -> None:
        super().__init__()
        self.gmina = gmina


class SourceNeeded(Invalid):
    """Where the data is from has to be said to everybody."""

    code = "source_needed"
    sentence = N_("Please say which public register the data is from, and of which day: today or before.")


MET = """
SELECT profile.*, gmina.name AS gmina_name, coalesce((
    SELECT array_agg(slug ORDER BY slug) FROM directory_profile_specialisation AS its
    JOIN directory_specialisation AS known ON known.id = specialisation_id WHERE its.profile_id = profile.id
), '{}') AS specialisations
FROM directory_profile AS profile JOIN gmina ON gmina.id = gmina_id WHERE nip = ANY($1::text[])
"""
OBJECTED = "SELECT nip_hash FROM directory_objection WHERE nip_hash = ANY($1::bytea[])"
SLUGS = "SELECT slug FROM directory_specialisation WHERE retired_at IS NULL"
KEEP = """
INSERT INTO directory_import (id, gmina_id, account_id, source, source_day, rows, problems, fresh, changed, unchanged, skipped,
    bad, made_at)
VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9, $10, $11, $12, $13)
"""
COMPARED = (
    "name", "sole_trader", "regon", "krs", "town", "makes_pl", "makes_en", "looking_for_pl", "looking_for_en", "offers_pl",
    "offers_en", "pkd_2007", "pkd_2025", "specialisations", "website", "email", "phone",
)  # fmt: skip


async def preview_import(
    tx: Tx, *, actor: Actor, gmina_id: UUID, found: Checked, source: str, source_day: date, now: datetime
) -> ImportView:
    """For the gmina's coordinator. Kept for a day, to be applied as it was seen. Nothing is changed yet.
    Raises NotYours, SourceNeeded."""
    must_coordinate(actor, gmina_id)
    if not source.strip() or source_day > now.date():
        raise SourceNeeded()
    rows, problems = await _met(tx, gmina_id=gmina_id, found=found)
    problems = [
        msgspec.structs.replace(one, heading=found.headings.get(one.column, ""))
        for one in sorted([*found.problems, *problems], key=lambda one: (one.line, one.column))
    ]
    counts = Counter(row.what for row in rows)
    key = uuid7()
    skipped = counts["own"] + counts["objected"]
    bad = len({one.line for one in problems})
    kept = (msgspec.json.encode(rows).decode(), msgspec.json.encode(problems).decode())
    sums = (counts["new"], counts["changed"], counts["unchanged"], skipped, bad)
    await tx.execute(KEEP, key, gmina_id, actor.account_id, source.strip(), source_day, *kept, *sums, now)
    after = {"new": counts["new"], "changed": counts["changed"], "bad": bad}
    await tell(tx, actor, now, "preview_import", of=("import", key), gmina_id=gmina_id, after=after)
    return await import_for(tx, actor=actor, import_id=key)


async def _met(tx: Tx, *, gmina_id: UUID, found: Checked) -> tuple[list[ImportRow], list[RowProblem]]:
    nips = [row.nip for row in found.rows]
    profiles = {row["nip"]: row for row in await tx.fetch(MET, nips)}
    objected = {row["nip_hash"] for row in await tx.fetch(OBJECTED, [digest(nip) for nip in nips])}
    slugs = {row["slug"] for row in await tx.fetch(SLUGS)}
    rows: list[ImportRow] = []
    problems: list[RowProblem] = []
    for row in found.rows:
        there = profiles.get(row.nip)
        wrong = [
            problem(row.line, "specialisations", UnknownSpecialisation(each[:60]))
            for each in row.specialisations
            if each not in slugs
        ]
        if there is not None and there["gmina_id"] != gmina_id:
            wrong.append(problem(row.line, "nip", StandsElsewhere(there["gmina_name"])))
        compared = _compared(row, there, digest(row.nip) in objected, found.headings)
        if compared.what in {"new", "changed"} and compared.sole_trader and not compared.email:
            wrong.append(problem(row.line, "email", CannotBeTold()))
        problems += wrong
        if not wrong:
            rows.append(compared)
    return rows, problems


def _compared(row: ImportRow, there: asyncpg.Record | None, objected: bool, headings: Mapping[str, str]) -> ImportRow:
    """Beside what is known of the company: what the file has no column for stays as it is."""
    if there is None:
        return msgspec.structs.replace(row, what="objected" if objected else "new")
    known = {"profile_id": str(there["id"]), "seen": there["version"]}
    if there["organisation_id"] is not None:
        return msgspec.structs.replace(row, what="own", **known)
    kept = {name: there[name] for name in COMPARED if name not in headings}
    row = msgspec.structs.replace(row, **{"specialisations": sorted(row.specialisations), **kept})
    changes = [name for name in COMPARED if getattr(row, name) != there[name]]
    return msgspec.structs.replace(row, what="changed" if changes else "unchanged", changes=changes, **known)
