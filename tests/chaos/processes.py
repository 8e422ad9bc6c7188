"""Servers, workers and the fake Stripe as processes of their own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.proof.house import free_port
from tests.stripe_fake.post import BROKEN
from tests.stripe_fake.server import KEY, SECRET

SERVERS, WORKERS = 2, 2


@dataclass(slots=True, kw_only=True)
class Process:
    """`port` is 0 for one that does not serve."""

    words: tuple[str, ...]
    given: dict[str, str]
    log: Path
    port: int = 0
    running: asyncio.subprocess.Process | None = None
    killed: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        # What is compiled is kept beside the log: a start takes a third of the time.
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.log.parent / "compiled")}
        with self.log.open("ab") as log:
            self.running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.words, env={**os.environ, **kept, **self.given}, stdout=log, stderr=log
            )

    async def ready(self) -> None:
        """Wait until it says that it is."""
        async with httpx.AsyncClient(verify=False) as client, asyncio.timeout(120):
            while self.port:
                try:
                    await client.get(f"{self.address}/health/ready")
                except BROKEN:
                    assert self.running and self.running.returncode is None, self.log.read_text()[-4000:]
                    await asyncio.sleep(0.05)
                else:
                    return

    async def kill(self) -> None:
        assert self.running is not None
        assert self.running.returncode is None, f"it ended by itself: {self.log.read_text()[-4000:]}"
        self.running.send_signal(signal.SIGKILL)
        await self.running.wait()
        self.killed += 1

    async def stop(self) -> None:
        if self.running is not None and self.running.returncode is None:
            self.running.terminate()
            await self.running.wait()


@dataclass(slots=True, kw_only=True)
class Machines:
    """`book` is the file in which the fake keeps what it knows."""

    servers: Sequence[Process]
    workers: Sequence[Process]
    stripe: Process
    book: Path
    all: tuple[Process, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.all = (self.stripe, *self.servers, *self.workers)


@asynccontextmanager
async def running(database: str, folder: Path) -> AsyncIterator[Machines]:
    """All of them, while the block runs."""
    book, fake_port = folder / "stripe.sqlite", free_port()
    stripe = Process(
        words=("tests.stripe_fake", str(book), str(fake_port)), given={}, log=folder / "stripe.log", port=fake_port
    )
    given = {
        "DATABASE_URL": database,
        "SECRET_KEY": "s" * 32,
        "LOG_LEVEL": "warning",
        "POOL_SIZE": "8",
        "STRIPE_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "STRIPE_ADDRESS": stripe.address,
        "PUBLIC_URL": "http://house.invalid",
    }
    servers = [_server(given, folder, n) for n in range(SERVERS)]
    workers = [
        Process(words=("incubator", "work"), given=given, log=folder / f"worker-{n}.log") for n in range(WORKERS)
    ]
    machines = Machines(servers=servers, workers=workers, stripe=stripe, book=book)
    try:
        await asyncio.gather(*(process.start() for process in machines.all))
        await asyncio.gather(*(process.ready() for process in machines.all))
        yield machines
    finally:
        await asyncio.gather(*(process.stop() for process in machines.all))


def _server(given: dict[str, str], folder: Path, n: int) -> Process:
    port = free_port()
    return Process(
        words=("incubator", "serve"), given={**given, "PORT": str(port)}, log=folder / f"server-{n}.log", port=port
    )
