"""Bookings while 5,000 subscribers poll 500 feeds, each once a minute with the state they have; against bookings alone.

`python -m bench.subscribers <port> <seconds>` is the subscribers, a process of their own, with the paths on standard input.
It says when all of them have had their first look, before the time begins, and at the end what they were answered.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter

import asyncpg
import uvloop

from bench.booking import requests
from bench.feeds import PUT_FEED
from bench.load import drive, get
from bench.rows import Row
from bench.server import serving
from bench.world import copied
from incubator.demo.large import account
from incubator.kernel.ids import digest

SUBSCRIBERS, FEEDS, MINUTE, LINES = 5_000, 500, 60, 32


def rows(large: str, *, seconds: int = MINUTE) -> list[Row]:
    with copied(large) as copy:
        paths, booking = asyncio.run(_paths(copy)), requests(copy)
        with serving(copy) as port:
            drive(port, booking, connections=16, seconds=3)
            before = drive(port, booking, connections=16, seconds=seconds / 4).rate(201)
            polling = subprocess.Popen(
                [sys.executable, "-m", "bench.subscribers", str(port), str(seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            assert polling.stdin is not None and polling.stdout is not None
            polling.stdin.write(json.dumps(paths).encode())
            polling.stdin.close()
            polling.stdout.readline()
            during = drive(port, booking, connections=16, seconds=seconds).rate(201)
            told = polling.stdout.read().decode().strip()
            polling.wait()
            after = drive(port, booking, connections=16, seconds=seconds / 4).rate(201)
    alone = (before + after) / 2
    return [
        Row(
            f"bookings while {SUBSCRIBERS:,} subscribers poll {len(paths)} feeds for {seconds} s",
            f"{during:,.0f}/s, polls {told}",
            f"without them {alone:,.0f}/s",
            during / alone,
            0.8,
        )
    ]


async def _paths(url: str) -> list[str]:
    """Every space, every incubator, and people's own, until they are so many."""
    connection = await asyncpg.connect(url)
    spaces = await connection.fetch("SELECT id FROM space ORDER BY id")
    incubators = await connection.fetch("SELECT slug FROM incubator ORDER BY slug")
    paths = [f"/calendars/spaces/{row['id']}.ics" for row in spaces]
    paths += [f"/calendars/incubators/{row['slug']}.ics" for row in incubators]
    for turn in range(FEEDS - len(paths)):
        secret = f"subscriber{turn:04}" * 3
        await connection.execute(PUT_FEED, digest(secret), account(turn))
        paths.append(f"/calendars/personal/{secret}.ics")
    await connection.close()
    return paths


async def _poll(port: int, paths: list[str], seconds: float) -> str:
    """Everybody comes once in the time, evenly, with what the last who asked for that feed was told."""
    had: dict[str, str] = {}
    await _asked(port, paths, had, seconds=0)
    print("everybody has a state", flush=True)
    began = time.perf_counter()
    told = await _asked(port, [paths[turn % len(paths)] for turn in range(SUBSCRIBERS)], had, seconds=seconds)
    return f"{dict(told)} in {time.perf_counter() - began:.0f} s"


async def _asked(port: int, paths: list[str], had: dict[str, str], *, seconds: float) -> Counter[str]:
    """Spread over so many seconds, and over LINES connections. How many answers of which status there were."""
    told: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def line(first: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for turn in range(first, len(paths), LINES):
            await asyncio.sleep(max(0.0, began + seconds * turn / len(paths) - loop.time()))
            path = paths[turn]
            seen = f"If-None-Match: {had[path]}\r\n" if path in had else ""
            writer.write(get(path, headers=f"Accept-Encoding: gzip, br\r\n{seen}"))
            status, had[path], length = _head(await reader.readuntil(b"\r\n\r\n"))
            await reader.readexactly(length)
            told[status] += 1
        writer.close()

    await asyncio.gather(*map(line, range(LINES)))
    return told


def _head(octets: bytes) -> tuple[str, str, int]:
    lines = octets.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
    return lines[0].split(" ")[1], headers.get("etag", ""), int(headers.get("content-length", 0))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(runner.run(_poll(int(sys.argv[1]), json.load(sys.stdin), float(sys.argv[2]))))
