"""Whoever comes second is told what is still free."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from incubator.bookings.any_desk import NoFreeDesk
from incubator.bookings.place import SlotTaken
from incubator.bookings.suggest import suggest, suggest_desk
from incubator.db.engine import Database, statement


@asynccontextmanager
async def suggesting(db: Database, *, now: datetime) -> AsyncIterator[None]:
    """Puts free times nearby on a SlotTaken or a NoFreeDesk that leaves through it. Asked for after
    the transaction is over: who lost should not keep others waiting."""
    try:
        yield
    except SlotTaken as refusal:
        async with statement(db) as tx:
            refusal.suggestions = list(await suggest(tx, space_id=refusal.space_id, period=refusal.period, now=now))
        raise
    except NoFreeDesk as refusal:
        async with statement(db) as tx:
            refusal.suggestions = list(await suggest_desk(tx, zone_id=refusal.zone_id, period=refusal.period, now=now))
        raise
