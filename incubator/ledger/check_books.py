"""Each night: do the books balance, gmina by gmina, and does nothing point to nothing? The database sees to
it as rows are written; this looks whether it did."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

log = logging.getLogger(__name__)
LEDGER = "ledger"

# What is wrong with an entry, in the words that the desk shows.
# A posting without an entry is of no gmina.
FAULTS = """
WITH posted AS (
    SELECT entry_id, sum(amount) AS total, count(*) AS size FROM posting GROUP BY entry_id
)
SELECT gmina_id, format('entry %s: its postings come to %s grosz, not to 0', id, total) AS fault
FROM entry JOIN posted ON entry_id = id WHERE total <> 0
UNION ALL
SELECT gmina_id, format('entry %s: %s postings, not %s', id, coalesce(posted.size, 0), entry.size)
FROM entry LEFT JOIN posted ON entry_id = id WHERE posted.size IS DISTINCT FROM entry.size
UNION ALL
SELECT entry.gmina_id, format('entry %s: takes back %s, which is not there', entry.id, entry.reverses)
FROM entry LEFT JOIN entry AS first ON first.id = entry.reverses AND first.gmina_id = entry.gmina_id
WHERE entry.reverses IS NOT NULL AND first.id IS NULL
UNION ALL
SELECT gmina_id, format('entry %s: does not take back what %s posted', id, reverses)
FROM entry WHERE reverses IS NOT NULL AND EXISTS (
    SELECT account, account_id, organisation_id FROM posting WHERE entry_id IN (entry.id, entry.reverses)
    GROUP BY account, account_id, organisation_id HAVING sum(amount) <> 0
)
UNION ALL
SELECT NULL, format('posting %s: its entry %s is not there', posting.id, entry_id)
FROM posting LEFT JOIN entry ON entry.id = entry_id WHERE entry.id IS NULL
"""
GMINAS = "SELECT DISTINCT gmina_id FROM entry"
KEEP = """
INSERT INTO book_check (gmina_id, part, faults, checked_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (gmina_id, part) DO UPDATE SET faults = EXCLUDED.faults, checked_at = EXCLUDED.checked_at
"""
KEPT = "SELECT part, faults, checked_at FROM book_check WHERE gmina_id = $1 ORDER BY part"


@dataclass(frozen=True, slots=True)
class Check:
    part: str
    faults: tuple[str, ...]
    checked_at: datetime


async def check_books(tx: Tx, *, now: datetime) -> dict[UUID, list[str]]:
    """What is wrong with the ledger itself."""
    return await check_part(tx, part=LEDGER, gminas=GMINAS, faults=FAULTS, now=now)


async def check_part(tx: Tx, *, part: str, gminas: str, faults: str, now: datetime) -> dict[UUID, list[str]]:
    """What is wrong with one part of the books, by gmina, kept for the desk to see and logged. `gminas` is the statement
    that says whose are looked at, `faults` the one that finds what is wrong; what is of no gmina is told to each."""
    wrong: dict[UUID, list[str]] = {row["gmina_id"]: [] for row in await tx.fetch(gminas)}
    for gmina_id, fault in await tx.fetch(faults):
        for told in wrong if gmina_id is None else (gmina_id,):
            wrong[told].append(fault)
    for gmina_id, found in wrong.items():
        await tx.execute(KEEP, gmina_id, part, found, now)
        for fault in found:
            log.error("the books of a gmina are wrong", extra={"gmina_id": str(gmina_id), "fault": fault})
    return {gmina_id: found for gmina_id, found in wrong.items() if found}


async def checks_of(tx: Tx, *, gmina_id: UUID) -> list[Check]:
    """The latest look at each part of the gmina's books."""
    return [Check(row["part"], tuple(row["faults"]), row["checked_at"]) for row in await tx.fetch(KEPT, gmina_id)]
