"""Servers, workers and the fake Stripe as processes of their own."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from tests.proof.house import free_port
from tests.stripe_fake.post import BROKEN
from tests.stripe_fake.server import KEY, SECRET

SERVERS, WORKERS = 2, 2


@dataclass(slots=True)
class Nest:
    """See nest.py."""

    process: asyncio.subprocess.Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def hatch(self, words: Sequence[str], given: Mapping[str, str], log: Path) -> int:
        line = json.dumps({"words": words, "given": given, "log": str(log)})
        async with self.turn:
            assert self.process.stdin is not None and self.process.stdout is not None
            self.process.stdin.write(f"{line}\n".encode())
            return int(await self.process.stdout.readline())


@dataclass(slots=True, kw_only=True)
class Process:
    """`port` is 0 for one that does not serve; `number` while it is not running."""

    nest: Nest
    words: tuple[str, ...]
    given: Mapping[str, str]
    log: Path
    port: int = 0
    number: int = 0
    killed: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.number = await self.nest.hatch(self.words, self.given, self.log)

    async def ready(self) -> None:
        """Wait until it answers at all."""
        async with httpx.AsyncClient(verify=False) as client, asyncio.timeout(120):
            while self.port:
                try:
                    await client.get(f"{self.address}/health/ready")
                except BROKEN:
                    assert psutil.pid_exists(self.number), f"it ended by itself: {self.log.read_text()[-4000:]}"
                    await asyncio.sleep(0.05)
                else:
                    return

    async def kill(self) -> None:
        assert psutil.pid_exists(self.number), f"it ended by itself: {self.log.read_text()[-4000:]}"
        await self._end(signal.SIGKILL)
        self.killed += 1

    async def stop(self) -> None:
        if self.number:
            await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, how)
        async with asyncio.timeout(60):
            while psutil.pid_exists(self.number):
                await asyncio.sleep(0.02)
        self.number = 0


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
    nest = Nest(
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.nest", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
    )
    book, fake_port = folder / "stripe.sqlite", free_port()
    stripe = Process(
        nest=nest,
        words=("tests.stripe_fake", str(book), str(fake_port)),
        given={},
        log=folder / "stripe.log",
        port=fake_port,
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
    servers = [_server(nest, given, folder, n) for n in range(SERVERS)]
    workers = [
        Process(nest=nest, words=("incubator", "work"), given=given, log=folder / f"worker-{n}.log")
        for n in range(WORKERS)
    ]
    machines = Machines(servers=servers, workers=workers, stripe=stripe, book=book)
    try:
        await asyncio.gather(*(process.start() for process in machines.all))
        await asyncio.gather(*(process.ready() for process in machines.all))
        yield machines
    finally:
        await asyncio.gather(*(process.stop() for process in machines.all))
        assert nest.process.stdin is not None
        nest.process.stdin.close()
        await nest.process.wait()


def _server(nest: Nest, given: dict[str, str], folder: Path, n: int) -> Process:
    port = free_port()
    return Process(
        nest=nest,
        words=("incubator", "serve"),
        given={**given, "PORT": str(port)},
        log=folder / f"server-{n}.log",
        port=port,
    )
