"""The schema, brought up to date by Alembic, which is loaded only when there is something to do: a
start with nothing to migrate should be quick."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parents[2] / "alembic"


async def is_current(url: str) -> bool:
    """Whether the database at `url` is at the newest revision."""
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("SELECT version_num FROM alembic_version") == newest_revision())
    except asyncpg.UndefinedTableError:
        return False
    finally:
        await connection.close()


@cache
def newest_revision() -> str:
    """The revision that no other one follows, read from the files."""
    texts = [path.read_text() for path in (SCRIPTS / "versions").glob("*.py")]
    revisions = {str(found) for text in texts for found in re.findall(r'^revision = "(\w+)"', text, re.M)}
    followed = {found for text in texts for found in re.findall(r'^down_revision = "(\w+)"', text, re.M)}
    (newest,) = revisions - followed
    return newest


def migrate(url: str, *, to: str = "head") -> None:
    """Bring the database at `url` (postgresql://…) to revision `to`; "head" is the newest. Starts a
    loop of its own: call it outside of one."""
    from alembic import command

    command.upgrade(config(url), to)


def demigrate(url: str, *, to: str = "base") -> None:
    """Take revisions back, down to `to`."""
    from alembic import command

    command.downgrade(config(url), to)


def config(url: str) -> "Config":
    """How Alembic finds our revisions and the database at `url`."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(SCRIPTS))
    # Config is an ini file inside: a % has to be doubled.
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1).replace("%", "%%")
    made.set_main_option("sqlalchemy.url", address)
    return made
