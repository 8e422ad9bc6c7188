"""Start the server of a data folder and wait until it serves; after a crash that may take minutes."""

import logging
import shlex
import subprocess
import time
from pathlib import Path

import psutil

from incubator.db.wheel import PostgresServer, ensure_prefix_permissions, find_suitable_socket_dir

PATIENCE = 600.0
"""Seconds: what a crash left is read again at some 10 to 100 MB/s, and max_wal_size is 4 GB."""

SOON = 5
"""Seconds that a start takes at most, as a rule; after them somebody who watches is told."""

BUSY = "pre-existing shared memory block"
"""In the log: a statement outlived its server, which was killed, and will end before long."""

log = logging.getLogger("incubator.db")


class NotServing(Exception):
    """The embedded PostgreSQL did not start, or is not ready yet; the text says what to do."""


def wake(server: PostgresServer, *, patience: float = PATIENCE) -> None:
    """Returns when the server is ready. Only one process may do this at a time. Raises NotServing
    when it ends, or when `patience` (seconds) does; in that case it goes on with what it does."""
    deadline = time.monotonic() + patience
    told = False
    begun: int | None = None
    try:
        while (status := standing(server.pgdata)) != "ready":
            if time.monotonic() > deadline:
                raise NotServing(_late(server, patience))
            if status is not None:
                told = told or _tell(server.pgdata, patience)
                time.sleep(0.05)
            elif begun is not None and BUSY not in _said(server, since=begun):
                raise NotServing(_failed(server))
            else:
                time.sleep(0 if begun is None else 1)
                begun = server.log.stat().st_size if server.log.exists() else 0
                _start(server)
    except (KeyboardInterrupt, SystemExit):
        if begun is not None and standing(server.pgdata) is not None:
            _control(server, "-W", "-m", "fast", "stop")
        raise


def standing(data: Path) -> str | None:
    """What the note of the server in `data` says of it: "starting", "ready", "stopping", or "" for
    nothing. None where no server lives; the note that one left there is taken away.

    The number in it may by now be that of somebody else's process. It is negative for a backend that
    runs without a server, and a crash of the machine can leave the note empty.
    """
    note = data / "postmaster.pid"
    try:
        lines = note.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    try:
        lives = _serves(psutil.Process(abs(int(lines[0]))), data)
    except psutil.NoSuchProcess:
        lives = False
    except (IndexError, ValueError):
        lives = any(_serves(process, data) for process in psutil.process_iter())
    if not lives:
        note.unlink(missing_ok=True)
        return None
    return lines[7].strip() if len(lines) > 7 else ""


def _serves(process: psutil.Process, data: Path) -> bool:
    """Whether it is a postgres of this folder, as far as its command line tells."""
    try:
        words = process.cmdline()
        return "postgres" in process.name() and (str(data) in words or "--single" in words)
    except psutil.Error:  # it ended, or is not ours to look at
        return False


def _start(server: PostgresServer) -> None:
    """Returns when it is ready, has ended, or is not ready after `SOON`: the note tells which."""
    sockets = find_suitable_socket_dir(server.pgdata, server.runtime_path)
    if server.system_user is not None and sockets != server.pgdata:
        ensure_prefix_permissions(sockets)
        sockets.chmod(0o777)
    listening = f"-h '' -k {shlex.quote(str(sockets))}"
    _control(server, "-w", "-t", str(SOON), "-o", listening, "-l", str(server.log), "start")


def _control(server: PostgresServer, *words: str) -> None:
    command = [str(server.bin_path / "pg_ctl"), *words, "-D", str(server.pgdata)]
    quiet = subprocess.DEVNULL  # not a pipe, which the server would inherit and keep open
    # What came of it, the note says.
    subprocess.run(command, user=server.system_user, stdout=quiet, stderr=quiet, check=False)  # noqa: S603


def _tell(data: Path, patience: float) -> bool:
    log.warning("PostgreSQL in %s is not ready yet, as after a crash: waiting %d s at most.", data, patience)
    return True


def _late(server: PostgresServer, patience: float) -> str:
    return (
        f"PostgreSQL in {server.pgdata} is not ready after {patience:.0f} s. It goes on trying; start again "
        f"later, or read {server.log}"
    )


def _failed(server: PostgresServer) -> str:
    end = _said(server).splitlines()[-5:]
    return "\n  ".join([f"PostgreSQL in {server.pgdata} did not start. The end of {server.log}:", *end])


def _said(server: PostgresServer, *, since: int = 0) -> str:
    """What stands in the log after its first `since` bytes; a statement that outlived its server may write
    there too, so what a start said need not be last."""
    if not server.log.exists():
        return ""
    with server.log.open("rb") as file:
        file.seek(since)
        return file.read().decode(errors="replace")
