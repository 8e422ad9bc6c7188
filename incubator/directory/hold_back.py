"""A person out of a register is not shown before they were told and had two weeks to object, in whatever way it became
known that it is one: a file, a correction, a profile that is let back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.rules import OBJECTION

HOLD = """
UPDATE directory_profile SET state = 'waiting', publish_at = coalesce(told_at, $2) + $3, version = version + 1
WHERE id = ANY($1::uuid[]) AND source <> '' AND sole_trader AND state = 'published' AND coalesce(told_at, $2) + $3 > $2
RETURNING id
"""
# Of a company that is no person, nobody waits for an answer.
LET_GO = """
UPDATE directory_profile SET state = 'published', publish_at = NULL, version = version + 1
WHERE id = ANY($1::uuid[]) AND state = 'waiting' AND NOT sole_trader
"""


async def hold_back(tx: Tx, *, profile_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
    """Those that are hidden for this while. Who was not told yet is told by what comes round; the two weeks begin with
    that. The caller enters them anew into what everybody finds."""
    await tx.execute(LET_GO, profile_ids)
    return frozenset(row["id"] for row in await tx.fetch(HOLD, profile_ids, now, OBJECTION))
