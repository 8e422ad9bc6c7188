"""Take in mails that came back."""

from collections.abc import Iterable
from pathlib import Path

from incubator.db.engine import Database, attempt, open_database
from incubator.kernel.clock import system_clock
from incubator.newsletter.read_dsn import take_bounce
from incubator.settings import Settings
from incubator.web.links import seal_with


async def take_bounces(settings: Settings, files: Iterable[Path]) -> tuple[int, int]:
    """How many were about copies of ours that failed, and how many files there were."""
    seal_with(settings.secret_key)
    told, every = 0, 0
    async with open_database(settings.database_url, pool_size=2) as db:
        for path in files:
            told, every = told + await _take(db, path.read_bytes()), every + 1
    return told, every


async def _take(db: Database, content: bytes) -> bool:
    return await attempt(db, lambda tx: take_bounce(tx, content=content, now=system_clock()))
