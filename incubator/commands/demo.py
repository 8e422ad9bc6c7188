"""The demonstration: a house of its own, furnished once, with a door for each role."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

import asyncpg
import click
import uvloop

from incubator.commands.failing import NoDatabase
from incubator.commands.house import at_home, bring_up
from incubator.db.engine import open_database, transaction
from incubator.db.migrate import is_current
from incubator.demo.load import is_loaded, load
from incubator.kernel.clock import system_clock
from incubator.people.sign_in_demo import DemoAccount, demo_accounts
from incubator.settings import Settings
from incubator.web.letters import live_at
from incubator.web.links import seal_with

Size = Literal["small", "large"]

EMPTY = "SET lock_timeout = '5s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


@contextmanager
def on_stage(settings: Settings, *, reset: bool, size: Size) -> Iterator[Settings]:
    """The settings of the demonstration, with its database running and furnished. It stays out of
    the folder and away from the mail server that a real house would use."""
    settings = replace(settings, demo=True, smtp_url="", data_dir=settings.data_dir / "demo")
    with at_home(settings) as ready:
        if reset:
            asyncio.run(empty(ready.database_url))
        if not asyncio.run(is_current(ready.database_url)):
            bring_up(ready.database_url)
        uvloop.run(furnish(ready, size))
        yield ready


async def empty(url: str) -> None:
    """Everything in the database goes. Raises NoDatabase while somebody uses it."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(EMPTY)
    except asyncpg.LockNotAvailableError:
        raise NoDatabase("Another demonstration is running on this data. Stop it first.") from None
    finally:
        await connection.close()


async def furnish(settings: Settings, size: Size) -> None:
    """Load the bundle, unless it is there. Its mails lead to where it is served."""
    live_at(settings.address)
    seal_with(settings.secret_key)
    async with open_database(settings.database_url, pool_size=4) as db:
        if not await is_loaded(db):
            click.echo("Furnishing the incubators …" if size == "small" else "Making 1,000,000 bookings …", err=True)
            await load(db, size=size, now=system_clock())


def guide(settings: Settings) -> str:
    """What to tell the one who started it: where it is, and who one can be."""
    first: dict[str, DemoAccount] = {}
    for account in asyncio.run(_accounts(settings)):
        first.setdefault(account.role, account)
    doors = "\n".join(
        f"  {one.role:<14} {settings.address}/demo/sign-in/{one.role:<14} {one.name}{f', {one.of}' if one.of else ''}"
        for one in first.values()
    )
    return (
        f"\nThe demonstration is at  {settings.address}\n\nSign in with one click as\n{doors}\n\n"
        f"Anybody else by name     {settings.address}/demo/sign-in/halina.wierzbicka, who scores applications\n"
        f"Mails                    {settings.address}/demo/mailbox\n"
        "Ctrl-C stops everything and keeps the data; `make demo-reset` starts anew.\n"
    )


async def _accounts(settings: Settings) -> list[DemoAccount]:
    async with open_database(settings.database_url, pool_size=2) as db, transaction(db) as tx:
        return await demo_accounts(tx)
