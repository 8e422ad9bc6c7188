"""A lean load over HTTP/1.1: a few connections kept open, each sending its next request when the
answer to the last one is whole. Lean, because on two cores the load eats of what it measures."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from typing import cast

import uvloop


@dataclass(slots=True)
class Outcome:
    """What came back, and how long each took, in seconds."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    def rate(self, status: int) -> float:
        """Answers with `status` a second."""
        return self.statuses[status] / self.seconds

    @property
    def median(self) -> float:
        return median(self.latencies)

    @property
    def p99(self) -> float:
        return quantiles(self.latencies, n=100)[98]


def drive(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Outcome:
    """Send `requests` over so many connections for so long (or until there are none left)."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_drive(port, requests, connections, seconds))


async def _drive(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Outcome:
    outcome, loop = Outcome(), asyncio.get_running_loop()
    started = time.perf_counter()
    begin = partial(_Line, requests, outcome, started + seconds)
    lines = [(await loop.create_connection(begin, "127.0.0.1", port))[1] for _ in range(connections)]
    await asyncio.gather(*(line.finished for line in lines))
    outcome.seconds = time.perf_counter() - started
    return outcome


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, requests: Iterator[bytes], outcome: Outcome, until: float) -> None:
        self.requests, self.outcome, self.until = requests, outcome, until
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.seen, self.sent = b"", 0.0
        self.missing: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by name
        self._next()

    def data_received(self, data: bytes) -> None:
        """What is large is counted, not put together."""
        if self.missing is None:
            self.seen += data
            end = self.seen.find(b"\r\n\r\n")
            if end < 0:
                return
            self.missing = end + 4 + _length(self.seen[:end]) - len(self.seen)
        else:
            self.missing -= len(data)
        if self.missing > 0:
            return
        now = time.perf_counter()
        self.outcome.statuses[int(self.seen[9:12])] += 1
        self.outcome.latencies.append(now - self.sent)
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.finished.done():
            self.finished.set_exception(error or ConnectionError("the server hung up"))

    def _next(self) -> None:
        request = next(self.requests, None) if time.perf_counter() < self.until else None
        if request is None:
            self.finished.set_result(None)
            self.transport.close()
            return
        self.seen, self.missing, self.sent = b"", None, time.perf_counter()
        self.transport.write(request)


def _length(head: bytes) -> int:
    """Content-Length; 0 where there is none, as in a 304."""
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    return int(lowered[at + 15 : lowered.find(b"\r", at + 15) if b"\r" in lowered[at:] else None]) if at >= 0 else 0


def get(path: str, *, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()


def post(path: str, body: bytes, *, token: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
