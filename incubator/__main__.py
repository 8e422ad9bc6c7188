"""The command `incubator`. Every setting comes from the environment; docs/settings.md lists them."""

import asyncio
import signal
import sys
from dataclasses import replace

import click

from incubator.commands.failing import Unusable
from incubator.settings import Settings, read_settings

# Each command imports what it needs when it runs: `incubator --help` should not load a web server.


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version="0.1.0", prog_name="incubator")
@click.pass_context
def main(context: click.Context) -> None:
    """Booking and participation for the bundle of gmina incubators.

    Settings are environment variables; docs/settings.md lists them all. Without DATABASE_URL every
    command uses an embedded PostgreSQL in the folder DATA_DIR ("data").
    """
    from incubator.web.logs import configure_logs

    # Otherwise SIGTERM would end the process without stopping the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        context.obj = read_settings()
    except ValueError as error:
        raise Unusable(str(error)) from None
    configure_logs(context.obj.log_level)


@main.command()
@click.option(
    "--worker/--no-worker",
    default=None,
    help="Work the queue in this process too. [default: only without DATABASE_URL]",
)
@click.pass_obj
def serve(settings: Settings, worker: bool | None) -> None:
    """Serve pages, API and calendars until Ctrl-C.

    Without DATABASE_URL, web and worker run here over the embedded database. With DATABASE_URL this
    is one of any number of web processes; run `incubator migrate` before and `incubator work`
    beside them, and set SECRET_KEY to the same value for all.
    """
    from incubator.commands.house import at_home
    from incubator.commands.serve import listen
    from incubator.commands.serve import serve as serve_on

    if settings.demo and settings.database_url:
        raise Unusable(
            "DEMO lets anybody sign in as anybody. For a database of your own use `incubator demo --in-database`."
        )
    port = listen(settings)
    with at_home(settings) as ready:
        alone = not settings.database_url if worker is None else worker
        serve_on(ready, port, worker=alone, ready=lambda: click.echo(f"Serving at {settings.address}", err=True))


@main.command()
@click.pass_obj
def work(settings: Settings) -> None:
    """Work the queue: mails, holds that ran out, everything recurring. Any number may run."""
    from incubator.commands.house import at_home
    from incubator.commands.work import work as work_until_told

    with at_home(settings) as ready:
        asyncio.run(work_until_told(ready))


@main.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the database up to date. Does nothing when it is; safe to run at each start."""
    from incubator.commands.house import at_home
    from incubator.db.migrate import migrate as upgrade
    from incubator.db.migrate import newest_revision

    with at_home(replace(settings, secret_key=settings.secret_key or " " * 32)) as ready:
        upgrade(ready.database_url)
        click.echo(f"The database is at revision {newest_revision()}.")


if __name__ == "__main__":
    main()
