"""Work the queue in a process of its own."""

import asyncio
import signal

from incubator.app import jobs
from incubator.db.engine import open_database
from incubator.jobs.work import working
from incubator.kernel.clock import system_clock
from incubator.recurring import RECURRING
from incubator.settings import Settings


async def work(settings: Settings) -> None:
    """Until SIGTERM or Ctrl-C; jobs under way are finished first."""
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    async with (
        open_database(settings.database_url, pool_size=settings.pool_size) as db,
        working(db, jobs=jobs(settings), recurring=RECURRING, clock=system_clock),
    ):
        await told.wait()
