"""The service as it is shipped, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(url: str, *, module: str = "incubator", arguments: tuple[str, ...] = ("serve",)) -> Iterator[int]:
    """The port that `python -m module` serves on, over the database at `url`."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": "b" * 32,
        "PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it served")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not come up in 30 s")
