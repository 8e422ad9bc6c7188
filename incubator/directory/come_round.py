"""What comes round by itself: who came out of a register is told and then shown, and profiles that nobody
looked through for a year are asked about, twice, and then hidden."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.entering import enter, forget_words
from incubator.directory.imports import forget_imports
from incubator.directory.publish_profile import HIDE
from incubator.directory.rules import MONTH, OBJECTION, STALE_AFTER, due
from incubator.directory.states import Because
from incubator.directory.tell import people_of, tell_coordinators, tell_its_people
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.ids import digest, new_secret
from incubator.people.telling import tell

AT_ONCE = 200
REQUESTS_KEPT = timedelta(days=365)

UNTOLD = """
SELECT * FROM directory_profile WHERE source <> '' AND told_at IS NULL AND email <> '' ORDER BY id LIMIT $1
FOR UPDATE SKIP LOCKED
"""
# Two weeks to object begin with the mail, whenever that goes out.
TOLD = """
UPDATE directory_profile SET told_at = $2, care_hash = $3, publish_at = CASE WHEN state = 'waiting' THEN $4::timestamptz END
WHERE id = $1
"""
WAITED = """
UPDATE directory_profile SET state = 'published', publish_at = NULL, version = version + 1
WHERE state = 'waiting' AND publish_at <= $1 AND told_at IS NOT NULL RETURNING id, gmina_id
"""
DUE = """
SELECT * FROM directory_profile WHERE state = 'published'
    AND (reminders = 0 AND confirmed_at <= $1 OR reminders > 0 AND reminded_at <= $2)
ORDER BY confirmed_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
"""
REMINDED = """
UPDATE directory_profile SET reminders = reminders + 1, reminded_at = $2, still_hash = $3 WHERE id = $1
"""
# A company's name and numbers are those of its organisation, which may have changed since.
MOVED = """
UPDATE directory_profile AS profile SET name = its.name, gmina_id = its.gmina_id, nip = its.nip, regon = its.regon,
    krs = its.krs, version = profile.version + 1
FROM organisation AS its WHERE its.id = profile.organisation_id
    AND (profile.name, profile.gmina_id, profile.nip, profile.regon, profile.krs)
        IS DISTINCT FROM (its.name, its.gmina_id, its.nip, its.regon, its.krs)
    AND NOT EXISTS (SELECT FROM directory_profile AS other WHERE other.nip = its.nip AND other.id <> profile.id)
RETURNING profile.id, profile.name
"""
SORTED = "UPDATE directory_profile SET sort_key = $2 WHERE id = $1"
FORGET_REQUESTS = "DELETE FROM directory_request WHERE closed_at < $1"


async def tell_imported(tx: Tx, *, now: datetime) -> None:
    """Write to those whom a coordinator took over from a register (RODO, art. 14), some at a time."""
    for row in await tx.fetch(UNTOLD, AT_ONCE):
        secret, shown_on = new_secret(), now + OBJECTION
        await tx.execute(TOLD, row["id"], now, digest(secret), shown_on)
        waits = row["state"] == "waiting"
        await tell_its_people(tx, row=row, what="imported", now=now, secret=secret, waits=waits, shown_on=shown_on,
            source=row["source"], source_day=row["source_day"])  # fmt: skip


async def show_waiting(tx: Tx, *, now: datetime) -> None:
    """Show those sole traders who were told two weeks ago and did not object."""
    rows = await tx.fetch(WAITED, now)
    await enter(tx, [row["id"] for row in rows])
    for row in rows:
        await _record(tx, row, "show", now)


async def remind_stale(tx: Tx, *, now: datetime) -> None:
    """Ask whether what stands there is still right: after a year, again after a month; after another one it
    is hidden, which the company is told as well. Where nobody can be asked, the gmina's coordinators are."""
    for row in await tx.fetch(DUE, now - STALE_AFTER, now - MONTH, AT_ONCE):
        what = due(
            confirmed_at=row["confirmed_at"], reminders=row["reminders"], reminded_at=row["reminded_at"], now=now
        )
        await (_remind if what == "remind" else _hide)(tx, row, now)


async def keep_in_step(tx: Tx, *, now: datetime) -> None:
    """Names and numbers follow the organisation; what is no longer needed goes."""
    rows = await tx.fetch(MOVED)
    for row in rows:
        await tx.execute(SORTED, row["id"], alphabetical(row["name"]))
    await enter(tx, [row["id"] for row in rows])
    await forget_words(tx)
    await forget_imports(tx, now=now)
    await tx.execute(FORGET_REQUESTS, now - REQUESTS_KEPT)


async def _remind(tx: Tx, row: asyncpg.Record, now: datetime) -> None:
    secret = new_secret()
    await tx.execute(REMINDED, row["id"], now, digest(secret))
    await _write(tx, row, "still_right", now, secret=secret, again=row["reminders"] > 0)
    await _record(tx, row, "remind", now)


async def _hide(tx: Tx, row: asyncpg.Record, now: datetime) -> None:
    await tx.execute(HIDE, row["id"], Because.STALE)
    await enter(tx, [row["id"]])
    await _write(tx, row, "hidden_stale", now)
    await _record(tx, row, "hide_stale", now)


async def _write(tx: Tx, row: asyncpg.Record, what: str, now: datetime, **more: Any) -> None:
    to_company = bool(await people_of(tx, row))
    await (tell_its_people if to_company else tell_coordinators)(tx, row=row, what=what, now=now, **more)


async def _record(tx: Tx, row: asyncpg.Record, verb: str, now: datetime) -> None:
    await tell(tx, None, now, verb, of=("company", row["id"]), gmina_id=row["gmina_id"])
