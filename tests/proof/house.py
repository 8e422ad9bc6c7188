"""A whole house for the tests that race and kill: PostgreSQL that really syncs, server processes over
it, a cast and a crowd. Everything in it can be killed and started again."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psutil

from incubator.db.embedded import embedded
from incubator.db.engine import Tx, open_database, transaction
from incubator.db.migrate import migrate
from incubator.kernel.ids import uuid7
from tests.cast import Cast, Person, change, hire, person
from tests.mentoring.cast import MentorAtHand, put_mentor

CROWD = 24
TURNAROUND = timedelta(minutes=30)
"""After each booking of room A."""


@dataclass(slots=True)
class Postgres:
    """The database of the house, with fsync on as shipped."""

    folder: Path
    url: str = ""
    running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        self.url = self.running.enter_context(embedded(self.folder))

    def kill(self) -> None:
        """As a power cut would: the postmaster and its children, at once."""
        postmaster = psutil.Process(int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0]))
        for process in [postmaster, *postmaster.children(recursive=True)]:
            process.kill()
        psutil.wait_procs([postmaster], timeout=10)
        self.running.close()

    def stop(self) -> None:
        self.running.close()


@dataclass(slots=True, kw_only=True)
class House:
    """The cast's two incubators, and who comes: `crowd` are members of Acme and of Rival
    by turns. Room A has a turnaround, room L+A and the office ask for approval, the rooms
    draw on a quota. Acme was granted some of everything; two mentors give what their contracts and the
    gmina's month allow."""

    postgres: Postgres
    cast: Cast
    crowd: tuple[Person, ...]
    organisations: dict[UUID, UUID]
    """Of each of the crowd, by account."""
    mentors: tuple[MentorAtHand, ...]

    @property
    def spaces(self) -> tuple[UUID, ...]:
        cast = self.cast
        return (cast.room_l, cast.room_a, cast.room_s, cast.room_la, *cast.desks, cast.office_space)


def build(folder: Path) -> House:
    """Start the database and fill it. Call it outside of a loop, as migrating needs one of its own."""
    postgres = Postgres(folder)
    postgres.start()
    migrate(postgres.url)
    return asyncio.run(_fill(postgres))


async def _fill(postgres: Postgres) -> House:
    async with open_database(postgres.url, pool_size=2) as db:
        cast = await hire(db)
        async with transaction(db) as tx:
            quota = uuid7()
            await tx.execute(
                "INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes, person_minutes)"
                " VALUES ($1, $2, 'Sale', 'week', 1500, 600)",
                quota,
                cast.las,
            )
            for room in (cast.room_l, cast.room_a, cast.room_s):
                await change(tx, room, quota_id=quota)
            await change(tx, cast.room_a, turnaround_minutes=TURNAROUND // timedelta(minutes=1))
            await change(tx, cast.room_la, needs_approval=True)
            await change(tx, cast.office_space, needs_approval=True, pending_blocks=True)
            mentors = await _mentors(tx, cast)
            crowd = tuple([await person(tx, f"crowd_{turn}") for turn in range(CROWD)])
            organisations = {}
            for turn, somebody in enumerate(crowd):
                organisations[somebody.id] = (cast.acme, cast.rival)[turn % 2]
                await tx.execute(
                    "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'member')",
                    organisations[somebody.id],
                    somebody.id,
                )
                if turn % 3 == 0:
                    for kind, granted in (("room_minutes", 300), ("mentor_minutes", 90)):
                        await tx.execute(CREDIT, uuid7(), None, somebody.id, kind, granted)
    return House(postgres=postgres, cast=cast, crowd=crowd, organisations=organisations, mentors=mentors)


CREDIT = """
INSERT INTO credit (id, organisation_id, account_id, kind, source_id, name_pl, name_en, valid, granted, used)
VALUES ($1, $2, $3, $4, $1, '', '', tstzrange('2026-01-01', '2199-01-01'), $5, 0)
"""
CONTRACT = """
INSERT INTO mentor_contract (id, mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, version)
VALUES ($1, $2, '1', '2026-01-01', '2199-01-01', 15000, $3, 0, 1)
"""


async def _mentors(tx: Tx, cast: Cast) -> tuple[MentorAtHand, ...]:
    """One with a break after each meeting and a contract, and a volunteer."""
    ewa, ola = [await put_mentor(tx, name, gmina=cast.niepolomice, incubator=cast.las) for name in ("ewa", "ola")]
    await tx.execute("UPDATE mentor SET break_minutes = 15 WHERE id = $1", ewa.id)
    await tx.execute(CONTRACT, uuid7(), ewa.id, 1200)
    await tx.execute("INSERT INTO mentoring_policy VALUES ($1, 480, 240, 1)", cast.niepolomice)
    for kind, granted in (("room_minutes", 1200), ("desk_days", 12), ("mentor_minutes", 300), ("mentor_minutes", 240)):
        await tx.execute(CREDIT, uuid7(), cast.acme, None, kind, granted)
    return ewa, ola


@dataclass(slots=True)
class Server:
    """One process of `incubator serve` over the house's database."""

    url: str
    port: int
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        given = {"DATABASE_URL": self.url, "PORT": str(self.port), "SECRET_KEY": "s" * 32, "LOG_LEVEL": "warning"}
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "incubator", "serve", env={**os.environ, **given}, stdout=log, stderr=log
            )
        await self.ready()

    async def ready(self) -> None:
        """Wait until it says that it is."""
        async with httpx.AsyncClient() as client, asyncio.timeout(60):
            while True:
                try:
                    if (await client.get(f"{self.address}/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    assert self.process and self.process.returncode is None, self.log.read_text()[-4000:]
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


@asynccontextmanager
async def serving(house: House, folder: Path, *, processes: int = 2) -> AsyncIterator[list[Server]]:
    """So many server processes, on ports of their own."""
    servers = [Server(house.postgres.url, free_port(), folder / f"server-{turn}.log") for turn in range(processes)]
    try:
        await asyncio.gather(*(server.start() for server in servers))
        yield servers
    finally:
        await asyncio.gather(*(server.stop() for server in servers))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
