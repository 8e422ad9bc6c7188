"""Take back the share of granted aid to which the right fell away: of a pass that is given back half used, say."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.aid.enter import Entry, Subject, enter
from incubator.aid.grant import DRAFT
from incubator.aid.rules import Rate
from incubator.aid.take_back import GRANTED, take_back
from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7
from incubator.kernel.money import part
from incubator.kernel.period import WARSAW

WHEN = "SELECT granted_at FROM aid_entry WHERE id = $1"


async def take_back_share(
    tx: Tx, *, subject_kind: str, subject_id: UUID, kept: int, whole: int, actor_id: UUID | None, now: datetime
) -> None:
    """All of it is taken back, and `kept` parts of the `whole` are entered in its place, as granted when it was and at
    its rate. Where other aid has filled the ceiling since, so that nothing can be entered, what was granted stands."""
    row = await tx.fetchrow(GRANTED, subject_kind, subject_id)
    if row is None:
        return
    try:
        async with tx.transaction():
            await take_back(tx, subject_kind=subject_kind, subject_id=subject_id, actor_id=actor_id, now=now)
            await _enter(tx, row, kept=kept, whole=whole, actor_id=actor_id, now=now)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name != "aid_ceiling":
            raise


async def _enter(tx: Tx, row: asyncpg.Record, *, kept: int, whole: int, actor_id: UUID | None, now: datetime) -> None:
    market, charged = part(row["market"], kept, whole), part(row["charged"], kept, whole)
    if market <= charged:
        return
    entry = Entry(
        id=uuid7(),
        organisation_id=row["organisation_id"],
        subject=Subject(
            kind=row["subject_kind"],
            id=row["subject_id"],
            gmina_id=row["gmina_id"],
            incubator_id=row["incubator_id"],
        ),
        market=market,
        charged=charged,
        cents=part(row["amount_cents"], kept, whole),
        rate=Rate(day=row["rate_day"], rate=row["rate"], table_number=row["rate_table"]),
        basis=row["basis"],
        benchmark=row["benchmark"],
    )
    granted_at: datetime = await tx.fetchval(WHEN, row["id"])
    await enter(tx, entry=entry, verb="grant_aid", actor_id=actor_id, now=now, granted_at=granted_at)
    await tx.execute(DRAFT, entry.id, row["gmina_id"], granted_at.astimezone(WARSAW).year)
