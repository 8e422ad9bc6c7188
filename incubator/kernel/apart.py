"""What strangers sent is read in a process of its own, which is ended when it takes too much of anything."""

import asyncio
import os
import selectors
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic

# Isolated: neither the folder nor the environment says what is loaded, and no secret is in reach.
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("limited.py")))
PIECE = 64 * 1024


class Ended(Exception):
    """It took more time or memory than it may, said more than is taken, or was killed."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Runs the `main()` of the file `program`, which takes what it is told from its standard input and answers on its
    standard output. It imports nothing of the house, and writes no file.

    It has `patience` seconds for everything, `cpu_seconds` of a processor, and `memory` and `longest` octets for its
    work and for its answer.
    """

    program: Path
    patience: float
    cpu_seconds: int
    memory: int
    longest: int = 8 * 1024 * 1024

    async def ask(self, told: bytes) -> bytes:
        """What it answers; nothing, or a part, where it breaks by itself. Raises Ended."""
        return await asyncio.to_thread(self._ask, told)

    def _ask(self, told: bytes) -> bytes:
        command = (*COMMAND, str(self.program), str(self.cpu_seconds), str(self.memory))
        until = monotonic() + self.patience
        # A file, as one that listens badly would make whoever writes to a pipe wait.
        with TemporaryFile() as paper:
            paper.write(told)
            paper.seek(0)
            # In a session of its own: Ctrl-C is for the service, which lets what is under way end.
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=paper,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                start_new_session=True,
            )
        with process:
            try:
                said = self._said(process, until)
                if process.wait(timeout=max(0, until - monotonic())) < 0:
                    raise Ended()
                return said
            except subprocess.TimeoutExpired:
                raise Ended() from None
            finally:
                if process.returncode is None:
                    os.killpg(process.pid, signal.SIGKILL)  # with whatever it started

    def _said(self, process: "subprocess.Popen[bytes]", until: float) -> bytes:
        assert process.stdout is not None
        said = bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            while ready.select(max(0, until - monotonic())):
                piece = os.read(process.stdout.fileno(), PIECE)
                if not piece:
                    return bytes(said)
                said += piece
                if len(said) > self.longest:
                    break
        raise Ended()
