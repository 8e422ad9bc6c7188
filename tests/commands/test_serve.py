"""`incubator serve` as a newcomer runs it: a whole process with a database of its own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from incubator.db.engine import open_database, transaction
from incubator.kernel.clock import system_clock
from incubator.mail.post import post
from incubator.tables import metadata

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def start(folder: Path, port: int, *words: str, **more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "incubator",
        *(words or ("serve",)),
        env={**os.environ, "DATA_DIR": str(folder), "PORT": str(port), **more},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def serving(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await start(folder, port)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.communicate()


PATIENCE = 90
"""Seconds: three processes that start at once on a busy machine take more than thirty."""


async def first_page(port: int, path: str = "/") -> httpx.Response:
    async with httpx.AsyncClient() as client, asyncio.timeout(PATIENCE):
        while True:
            try:
                return await client.get(f"http://127.0.0.1:{port}{path}")
            except httpx.TransportError:
                await asyncio.sleep(0.02)


def postmasters(folder: Path) -> list[int]:
    """The PostgreSQL servers that run on this folder."""
    data = str((folder / "postgres").resolve())
    return [p.pid for p in psutil.process_iter(["cmdline"]) if data in (p.info["cmdline"] or [])]


async def test_first_start_second_start_and_a_clean_end(tmp_path: Path) -> None:
    port = free_port()
    async with serving(tmp_path, port):
        assert (await first_page(port, "/health/ready")).json() == {"status": "ready"}
        assert len(postmasters(tmp_path)) == 1
    assert postmasters(tmp_path) == []
    async with serving(tmp_path, port) as process:
        assert (await first_page(port)).status_code in {200, 404}
        process.send_signal(signal.SIGINT)
        await process.communicate()
        assert process.returncode == 0
    assert postmasters(tmp_path) == []
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


async def test_a_port_in_use_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await start(tmp_path / "data", port)
        _, said = await process.communicate()
    assert process.returncode == 98
    assert f"Port {port} on 127.0.0.1 is in use" in said.decode()
    assert not (tmp_path / "data").exists()


async def test_after_a_kill_the_next_start_finds_the_data_and_stops_the_database(tmp_path: Path) -> None:
    port = free_port()
    async with serving(tmp_path, port) as process:
        await first_page(port, "/health/ready")
        process.kill()
        await process.communicate()
    assert len(postmasters(tmp_path)) == 1
    async with serving(tmp_path, port):
        assert (await first_page(port, "/health/ready")).status_code == 200
    assert postmasters(tmp_path) == []


async def test_on_a_server_web_processes_and_a_worker_share_a_database(
    tmp_path: Path, server: str, database_url: str
) -> None:
    given = {"DATABASE_URL": database_url, "SECRET_KEY": "s" * 32}
    migrated = await start(tmp_path, 0, "migrate", DATABASE_URL=database_url)
    told, _ = await migrated.communicate()
    assert (migrated.returncode, told.decode().startswith("The database is at revision")) == (0, True)
    ports = [free_port(), free_port()]
    house = [await start(tmp_path, port, **given) for port in ports]
    house.append(await start(tmp_path, 0, "work", **given))
    try:
        for port in ports:
            assert (await first_page(port, "/health/ready")).json() == {"status": "ready"}
        async with open_database(database_url, pool_size=2) as db:
            async with transaction(db) as tx:
                await post(tx, to="anna@example.com", subject="Cześć", text="…", now=system_clock())
            async with asyncio.timeout(PATIENCE):
                while (await first_page(ports[0], "/metrics")).text.count('incubator_mails{state="kept"} 1') == 0:
                    await asyncio.sleep(0.2)
    finally:
        for process in house:
            process.terminate()
        for process in house:
            await process.communicate()
    assert [process.returncode for process in house] == [0, 0, 0]


async def test_a_given_database_wants_a_secret_of_its_own(tmp_path: Path) -> None:
    process = await start(tmp_path, free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "SECRET_KEY has to be set" in said.decode()


async def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    process = await start(
        tmp_path, free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", SECRET_KEY="s" * 32
    )
    _, said = await process.communicate()
    assert process.returncode == 3
    assert "does not answer" in said.decode()
    assert "Traceback" not in said.decode()


async def test_demo_mode_is_refused_for_a_given_database(tmp_path: Path) -> None:
    process = await start(tmp_path, free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", DEMO="1")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "sign in as anybody" in said.decode()


async def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    process = await start(tmp_path, free_port(), POOL_SIZE="many")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "POOL_SIZE" in said.decode()


@pytest.mark.parametrize("word", ["serve", "work", "migrate", "demo", "schema", "create-admin", "jobs"])
async def test_every_word_explains_itself(tmp_path: Path, word: str) -> None:
    process = await start(tmp_path, free_port(), word, "--help")
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert len(said.splitlines()) > 5


def test_a_process_that_serves_knows_every_table() -> None:
    """One that is not known breaks the first form that points at it; tests know all, for they migrate."""
    known = (
        "import incubator.commands.serve; from sqlmodel import SQLModel; print(len(SQLModel.metadata.sorted_tables))"
    )
    told = subprocess.run([sys.executable, "-c", known], capture_output=True, text=True, check=True)
    assert int(told.stdout) == len(metadata.tables)
