"""Runs the migrations over asyncpg, on the connection or URL that `incubator migrate` hands in."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from incubator.tables import metadata


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """The queue's tables belong to the queue."""
    return not (kind == "table" and name is not None and name.startswith("pgqueuer"))


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, include_name=ours)
    with context.begin_transaction():
        context.run_migrations()


async def connect(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


url = context.config.get_main_option("sqlalchemy.url")
assert url is not None, "no database address was given"
asyncio.run(connect(url))
