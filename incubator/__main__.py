"""The command `incubator`. Every setting comes from the environment; docs/settings.md lists them."""

import asyncio
import gc
import signal
import sys
from pathlib import Path

import click

from incubator.commands.failing import Unusable
from incubator.settings import Settings, read_settings

# Each command imports what it needs when it runs: `incubator --help` should not load a web server.
# What is loaded then stays for good: looking through it for garbage again and again takes a fifth of the start.
gc.set_threshold(200_000, 20, 50)


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
    from incubator.commands.house import at_home, bring_up
    from incubator.db.migrate import newest_revision

    with at_home(settings, secret=False) as ready:
        bring_up(ready.database_url)
        click.echo(f"The database is at revision {newest_revision()}.")


@main.command()
@click.option("--reset", is_flag=True, help="Throw the demonstration away and make it anew.")
@click.option(
    "--size",
    type=click.Choice(["small", "large"]),
    default="small",
    show_default=True,
    help="small: 15 incubators and some weeks of bookings, in seconds. large: 200 spaces and 1,000,000 bookings, in minutes.",
)
@click.option("--in-database", is_flag=True, help="Use DATABASE_URL. Anybody can then sign in as anybody there.")
@click.pass_obj
def demo(settings: Settings, reset: bool, size: str, in_database: bool) -> None:
    """Serve the whole bundle with made-up people and bookings, to click through.

    It has a database of its own in DATA_DIR/demo and prints addresses that sign in as each role.
    Nothing is ever mailed: what would be sent can be read at /demo/mailbox.
    """
    from incubator.commands.demo import guide, on_stage
    from incubator.commands.serve import listen, serve

    if settings.database_url and not in_database:
        raise Unusable("DATABASE_URL is set. Unset it, or say --in-database to let anybody sign in as anybody there.")
    port = listen(settings)
    with on_stage(settings, reset=reset, size="large" if size == "large" else "small") as ready:
        told = guide(ready)
        serve(ready, port, worker=True, ready=lambda: click.echo(told))


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when the files are not up to date.")
def schema(check: bool) -> None:
    """Write the contracts: OpenAPI 3.1 and JSON Schema in schemas/, codes of refusals in docs/errors.md."""
    from incubator.commands.schema import ROOT, contracts

    for name, text in contracts().items():
        path = ROOT / name
        if path.exists() and path.read_text() == text:
            continue
        if check:
            raise click.ClickException(f"{path} is not up to date: run `make schema` and look at what changes.")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        click.echo(f"wrote {path}")


@main.command()
@click.argument("email")
@click.option("--name", prompt="Name", help="What the administrator is called.")
@click.pass_obj
def create_admin(settings: Settings, email: str, name: str) -> None:
    """Make the person with this EMAIL an administrator.

    They sign in like everybody, by a link in a mail. Saying it twice does no harm.
    """
    from incubator.commands.create_admin import make_admin
    from incubator.commands.house import at_home

    with at_home(settings, secret=False) as ready:
        asyncio.run(make_admin(ready, email=email, name=name))
        click.echo(f"{email} is an administrator. Sign in at {settings.address}/sign-in")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def bounced(settings: Settings, files: tuple[Path, ...]) -> None:
    """Take in mails of the newsletter that came back (FILES as a mailbox keeps them, one mail each).

    A mailbox that is not there any more gets no further issue. Saying it twice does no harm.
    """
    from incubator.commands.bounced import take_bounces
    from incubator.commands.house import at_home

    with at_home(settings) as ready:
        told, every = asyncio.run(take_bounces(ready, files))
        click.echo(f"{told} of {every} were about copies of ours that failed.")


@main.command()
@click.option("--again", is_flag=True, help="Put them back into the queue.")
@click.pass_obj
def jobs(settings: Settings, again: bool) -> None:
    """List the jobs that failed to the last try and are held."""
    from incubator.commands.held import show_held
    from incubator.commands.house import at_home

    with at_home(settings, secret=False) as ready:
        asyncio.run(show_held(ready, again=again))


if __name__ == "__main__":
    main()
