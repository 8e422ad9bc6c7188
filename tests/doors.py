"""Databases stay open from one test to the next.

What a new connection has to learn of the schema before its first answers costs PostgreSQL more than
most tests do: 19 ms against 2.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from incubator.db.engine import Database, open_database


@dataclass(slots=True)
class Doors:
    """All databases that are open in this loop, by their addresses."""

    opened: dict[str, tuple[Database, AsyncExitStack]] = field(default_factory=dict)

    async def to(self, url: str) -> Database:
        """The doors of this database, whoever opened them."""
        if url not in self.opened:
            stack = AsyncExitStack()
            self.opened[url] = await stack.enter_async_context(open_database(url, pool_size=20, statements=1000)), stack
        return self.opened[url][0]

    async def leave(self, url: str) -> None:
        """Close them for good unless the test gave back all connections."""
        pool = self.opened[url][0].pool
        if pool.is_closing() or pool.get_idle_size() < pool.get_size():
            await self.close(url)

    async def close(self, url: str) -> None:
        database, stack = self.opened.pop(url)
        if not database.pool.is_closing():
            database.pool.terminate()
        await stack.aclose()
