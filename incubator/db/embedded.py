"""A PostgreSQL 18 of our own in a data folder, from a wheel: no server to install.

It listens on a socket in the file system only. Several processes may use one folder; the last to
leave stops the server.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

from incubator.db.make_cluster import make_cluster
from incubator.db.postmaster import PATIENCE, wake
from incubator.db.wheel import PostgresServer, get_server

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
def embedded(folder: Path, *, configuration: str = "", patience: float = PATIENCE) -> Iterator[str]:
    """The address of the server in `folder`, made and started if need be and stopped by its last user.

    `configuration` is added to ours, in the words of postgresql.conf. What another process does to
    the same folder is waited for. Raises NotServing when it does not start, or not within `patience`
    (seconds).
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = (folder / "postgres").resolve()
    turn = Turn(folder / "postgres.lock")
    with turn:
        make_cluster(data)
        server = get_server(data, start=False)
        server._lock = turn
        _forget_the_dead(server)
        _configure(data, _memory(psutil.virtual_memory().total) + CONFIGURATION + configuration)
        wake(server, patience=patience)
        server.global_process_id_list.get_and_add(os.getpid())
    try:
        server.start()
        yield str(server.get_uri())
    finally:
        # It would do it again at the end of the process, when the folder may be gone.
        atexit.unregister(server._cleanup)
        with suppress(psutil.NoSuchProcess):  # somebody killed it, and it ended while it was told to stop
            server.cleanup()


class Turn:
    """Only one process at a time is in the block. The wheel's own lock is one for all folders of the
    machine, and while a server recovers those of others should start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: IO[str] | None = None

    def __enter__(self) -> None:
        file = self._path.open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
        self._held = file

    def __exit__(self, *_: object) -> None:
        assert self._held is not None
        self._held.close()


def _memory(total: int) -> str:
    """An eighth of the machine's bytes, as other things run on it too. A booking touches pages of a dozen
    indexes; each that is not in shared memory costs a read, and a write of what it drives out."""
    shared = min(max(total // 8 // MB, 128), 2048)
    return f"\nshared_buffers = '{shared}MB'\neffective_cache_size = '{max(total // 2 // MB, shared)}MB'"


def _forget_the_dead(server: PostgresServer) -> None:
    """A user that was killed never signed off: with it on the list no other would be the last, and
    the server would run on."""
    users = server.global_process_id_list
    users.put([pid for pid in users._get() if psutil.pid_exists(pid)])


def _configure(data: Path, configuration: str) -> None:
    """Ours is a file of its own, written at each start, so that a new version brings its settings."""
    ours, theirs = data / "incubator.conf", data / "postgresql.conf"
    ours.write_text(configuration)
    ours.chmod(0o644)
    include = f"include_if_exists = '{ours.name}'"
    if include not in theirs.read_text():
        with theirs.open("a") as conf:
            conf.write(f"\n{include}\n")
