"""The schema, brought up to date by Alembic."""

from pathlib import Path

from alembic.config import Config

from alembic import command

SCRIPTS = Path(__file__).parents[2] / "alembic"


def migrate(url: str, *, to: str = "head") -> None:
    """Bring the database at `url` (postgresql://…) to revision `to`; "head" is the newest. Starts a
    loop of its own: call it outside of one."""
    command.upgrade(_config(url), to)


def demigrate(url: str, *, to: str = "base") -> None:
    """Take revisions back, down to `to`."""
    command.downgrade(_config(url), to)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    # Config is an ini file inside: a % has to be doubled.
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1).replace("%", "%%")
    config.set_main_option("sqlalchemy.url", address)
    return config
