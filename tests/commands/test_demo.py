"""The demonstration, started as a newcomer would, and what must not be there without it."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from tests.commands.test_serve import first_page, free_port, postmasters, start
from tests.web.test_problems import Visit


async def test_without_the_demonstration_its_doors_are_not_there(visit: Visit) -> None:
    assert (await visit().get("/demo/mailbox")).status_code == 404
    assert (await visit().get("/demo/sign-in/administrator")).status_code == 404


@pytest.mark.slow
async def test_the_demonstration_says_who_one_can_be_and_lets_them_in(tmp_path: Path) -> None:
    port = free_port()
    process = await start(tmp_path, port, "demo")
    assert process.stdout is not None
    try:
        told = ""
        async with asyncio.timeout(120):
            while "Ctrl-C" not in told:
                told += (await process.stdout.readline()).decode()
        doors = dict(re.findall(r"^  (\w+) +(http://\S+/demo/sign-in/\S+)", told, re.M))
        assert {"administrator", "office", "coordinator", "owner", "member", "resident"} <= set(doors)
        for door in doors.values():
            async with httpx.AsyncClient() as client:
                answer = await client.get(door)
            assert answer.status_code == 303
            assert "session=" in answer.headers["set-cookie"]
        assert (await first_page(port, "/demo/mailbox")).status_code == 200
    finally:
        process.terminate()
        await process.communicate()
    assert process.returncode == 0
    assert postmasters(tmp_path / "demo") == []


@pytest.mark.thorough
async def test_a_given_database_is_left_alone_unless_asked_for(tmp_path: Path) -> None:
    process = await start(tmp_path, free_port(), "demo", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "--in-database" in said.decode()
