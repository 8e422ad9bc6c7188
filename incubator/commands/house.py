"""Where a command finds its database and its secret: given, or of our own in the data folder."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import click

from incubator.app import answers_of
from incubator.commands.failing import NoDatabase, Unusable
from incubator.db.embedded import embedded
from incubator.db.engine import open_database, transaction
from incubator.db.migrate import is_current, migrate
from incubator.db.postmaster import NotServing
from incubator.kernel.clock import system_clock
from incubator.kernel.ids import new_secret
from incubator.places.sync_holidays import sync_holidays, years_around
from incubator.settings import Settings

SHORTEST_SECRET = 32


@contextmanager
def at_home(settings: Settings, *, secret: bool = True) -> Iterator[Settings]:
    """The settings with a database that answers and a secret.

    Without DATABASE_URL the embedded PostgreSQL runs while the block does, brought up to date first.
    A given database is migrated by `incubator migrate` alone, so that several processes may start
    at once. `secret` says whether SECRET_KEY matters. Raises NoDatabase or Unusable.
    """
    try:
        answers_of(settings)
    except ValueError as error:
        raise Unusable(str(error)) from None
    if settings.database_url:
        if secret and len(settings.secret_key) < SHORTEST_SECRET:
            raise Unusable(f"With DATABASE_URL, SECRET_KEY has to be set, with {SHORTEST_SECRET} characters or more.")
        _look(settings.database_url)
        yield settings
        return
    if not (settings.data_dir / "postgres").exists():
        click.echo(f"Making a database in {settings.data_dir} (the first time only) …", err=True)
    try:
        with embedded(settings.data_dir) as url:
            if not _look(url):
                bring_up(url)
            yield replace(settings, database_url=url, secret_key=settings.secret_key or secret_in(settings.data_dir))
    except NotServing as error:
        raise NoDatabase(str(error)) from None


def bring_up(url: str) -> None:
    """The newest tables, and the public holidays that opening hours know of."""
    migrate(url)
    asyncio.run(_holidays(url))


async def _holidays(url: str) -> None:
    async with open_database(url, pool_size=2) as db, transaction(db) as tx:
        await sync_holidays(tx, years=years_around(system_clock()))


def secret_in(folder: Path) -> str:
    """The secret kept in `folder`, made at the first call; readable by its owner alone."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        secret = new_secret()
        file.write(secret)
    return secret


def _look(url: str) -> bool:
    """Whether the database is at the newest revision."""
    try:
        return asyncio.run(is_current(url))
    except (OSError, asyncpg.PostgresError) as error:
        raise NoDatabase(f"The database at DATABASE_URL does not answer: {error}") from None
