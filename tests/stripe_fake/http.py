"""HTTP/1.1 in a few lines: an answer can also be that the line is cut, or that nothing is said."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(), keep_blank_values=True)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


CUT = Answer(0, b"")
"""The line is cut instead of an answer."""
Handler = Callable[[Request], Awaitable[Answer]]


@asynccontextmanager
async def listening(handle: Handler, *, port: int = 0) -> AsyncIterator[int]:
    """Serves while the block runs; the port is what it gives."""
    talking: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        talking.add(task)
        try:
            while (request := await _read(reader)) is not None:
                answer = await handle(request)
                if answer is CUT:
                    break
                writer.write(_written(answer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever spoke has gone, or we close
        finally:
            talking.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(talk, "127.0.0.1", port, limit=1_000_000)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(talking):
            task.cancel()
        await asyncio.gather(*talking)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    line = await reader.readline()
    if not line:
        return None
    method, target, _ = line.decode().split(" ", 2)
    headers: dict[str, str] = {}
    while (line := await reader.readline()) not in {b"\r\n", b""}:
        name, _, value = line.decode().partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Request(method, parts.path, parse_qsl(parts.query, keep_blank_values=True), headers, body)


def _written(answer: Answer) -> bytes:
    headers = {"content-type": "application/json", **answer.headers, "content-length": str(len(answer.body))}
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    return (
        "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode() + answer.body
    )
