"""Papers are laid out by a process beside this one: a long one takes seconds, and in a thread it would
keep every other request waiting for the interpreter.

There is one for each process of the service, started at the first paper, and papers wait for each other.
"""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from incubator.kernel.errors import N_, Unavailable
from incubator.web.lay_out import DONE, FAILED, LENGTH, received

# Isolated, so that neither the folder that the service runs in nor its environment says what is loaded.
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("lay_out.py")))
TRIES = 2


class NoPdf(Unavailable):
    """The server lacks the library that lays papers out, and an operator has to install Pango; or the
    paper took too long, or its process was killed twice."""

    code = "no_pdf"
    sentence = N_("PDF files cannot be made on this server at the moment. The page itself can be printed.")


class Press:
    """The process, and the thread that talks to it. A paper gets `patience` seconds."""

    def __init__(self, command: Sequence[str] = COMMAND, *, patience: float = 30) -> None:
        self.command, self.patience = command, patience
        self.process: subprocess.Popen[bytes] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")

    async def lay_out(self, told: str) -> bytes:
        """This HTML as a PDF. Raises NoPdf."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._lay_out, told.encode())

    def close(self) -> None:
        """End the process; the next paper starts another."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()

    def _lay_out(self, told: bytes) -> bytes:
        for _ in range(TRIES):
            process = self.process = self.process or self._started()
            how, content = self._asked(process, told)
            if how == DONE:
                return content
            if how == FAILED:
                raise RuntimeError(f"a paper could not be laid out: {content.decode()}")
            if how or self.process is not process:  # no library; or it was ended on purpose
                break
            self.close()
        raise NoPdf()

    def _started(self) -> "subprocess.Popen[bytes]":
        # In a session of its own: Ctrl-C is for the service, which then ends this one.
        return subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603

    def _asked(self, process: "subprocess.Popen[bytes]", told: bytes) -> tuple[bytes, bytes]:
        """How it went and what came of it; nothing when the process ended."""
        assert process.stdin is not None and process.stdout is not None
        limit = threading.Timer(self.patience, self.close)
        limit.start()
        try:
            process.stdin.write(len(told).to_bytes(LENGTH) + told)
            process.stdin.flush()
            how, content = process.stdout.read(1), received(process.stdout)
            return (b"", b"") if content is None else (how, content)
        except OSError:
            return b"", b""
        finally:
            limit.cancel()


PRESS = Press()
"""That of this process."""
