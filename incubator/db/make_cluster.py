"""Make the files of a database, all or nothing: beside their place, and moved there when complete.

`initdb` writes for seconds. What it leaves when it is killed looks like a database and is none.
"""

import logging
import os
import shutil
import tempfile
from pathlib import Path

from incubator.db.wheel import PostgresServer

BEGUN = ".postgres-"
"""How a folder is called in which `initdb` is at work."""

TEMPLATES = {"1", "4"}
"""The numbers of template1 and template0, which are there before the database itself."""

log = logging.getLogger("incubator.db")


def make_cluster(data: Path) -> None:
    """A database in `data`, unless one is there. Only one process may do this at a time.

    What is in `data` and is no complete database is put aside, never deleted.
    """
    if _is_complete(data):
        return
    for left in data.parent.glob(f"{BEGUN}*"):
        # An `initdb` whose starter was killed may still be writing there; then the next start does it.
        shutil.rmtree(left, ignore_errors=True)
    if data.is_mount():  # cannot be replaced
        PostgresServer(data).ensure_pgdata_inited()
        return
    new = Path(tempfile.mkdtemp(prefix=BEGUN, dir=data.parent))
    PostgresServer(new).ensure_pgdata_inited()
    _put_aside(data)
    new.rename(data)
    _sync(data.parent)


def _is_complete(data: Path) -> bool:
    """`initdb` makes the database last, after its templates."""
    if not (data / "PG_VERSION").exists() or not (data / "base").exists():
        return False
    return any(one.name.isdigit() and one.name not in TEMPLATES for one in (data / "base").iterdir())


def _put_aside(data: Path) -> None:
    if not data.exists() or not any(data.iterdir()):
        return
    aside = Path(tempfile.mkdtemp(prefix=f"{data.name}-incomplete-", dir=data.parent))
    data.rename(aside)
    log.warning("%s held no complete database: it is now %s", data, aside)


def _sync(folder: Path) -> None:
    """Otherwise a power cut could bring the old name back, and with it the next start's broom."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
