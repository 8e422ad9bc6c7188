"""The first administrator comes from the command line; that one makes the others."""

import click

from incubator.db.engine import attempt, open_database
from incubator.kernel.clock import system_clock
from incubator.kernel.errors import Refusal
from incubator.people.create_admin import create_admin
from incubator.settings import Settings


async def make_admin(settings: Settings, *, email: str, name: str) -> None:
    """Raises ClickException with the sentence of a refusal."""
    async with open_database(settings.database_url, pool_size=2) as db:
        try:
            await attempt(db, lambda tx: create_admin(tx, email=email, name=name, now=system_clock()))
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from None
