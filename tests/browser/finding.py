"""From a line of the tables of sights to a concrete address."""

from dataclasses import dataclass
from typing import Any

from incubator.db.engine import Database, statement
from tests.browser.house import NOW
from tests.browser.sights import Sight


@dataclass(frozen=True, slots=True)
class Found:
    """A concrete address, who looks at it, and what else was found with it."""

    who: str
    address: str
    row: dict[str, Any]


async def find(db: Database, sight: Sight) -> Found:
    """Fails where the house holds nothing of the kind."""
    row: dict[str, Any] = {}
    if sight.find:
        async with statement(db) as tx:
            found = await tx.fetchrow(f"{AT_HAND} {sight.find}", sight.who, NOW)
        assert found is not None, f"the demonstration has nothing for {sight}"
        row = dict(found)
    address = f"{sight.path}?{sight.query}" if sight.query else sight.path
    return Found(row.get("who") or sight.who, address.format(**row), row)


AT_HAND = """
WITH me AS (SELECT id FROM account WHERE email = $1 || '@demo.invalid'), clock AS (SELECT $2::timestamptz AS now)
"""
