"""Show what the queue gave up on."""

import click

from incubator.db.engine import open_database
from incubator.jobs.held import held, try_again
from incubator.settings import Settings


async def show_held(settings: Settings, *, again: bool) -> None:
    """One line for each; with `again` they are put back."""
    async with open_database(settings.database_url, pool_size=2) as db:
        for one in await held(db):
            click.echo(f"{one.since:%Y-%m-%d %H:%M}  {one.job}  {one.subject_id}  after {one.tries} tries")
        if again:
            click.echo(f"{await try_again(db)} put back into the queue.")
