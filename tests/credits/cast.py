"""Credits that tests draw on, put down by rows."""

from datetime import UTC, datetime
from uuid import UUID

from incubator.db.engine import Database, statement
from incubator.kernel.ids import uuid7

CREDIT = """
INSERT INTO credit (id, organisation_id, account_id, kind, gmina_id, source_id, name_pl, name_en, valid, granted, used)
VALUES ($1, $2, $3, $4, $5, $1, '', '', tstzrange($6, $7), $8, 0)
"""
FROM, TO = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)


async def put_credit(
    db: Database,
    organisation: UUID | None = None,
    *,
    person: UUID | None = None,
    kind: str = "room_minutes",
    gmina: UUID | None = None,
    start: datetime = FROM,
    end: datetime = TO,
    granted: int = 60,
) -> UUID:
    """An organisation's, or a person's own; good in every gmina where none is named."""
    key = uuid7()
    async with statement(db) as tx:
        await tx.execute(CREDIT, key, organisation, person, kind, gmina, start, end, granted)
    return key


async def used(db: Database, credit_id: UUID) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval("SELECT used FROM credit WHERE id = $1", credit_id))
