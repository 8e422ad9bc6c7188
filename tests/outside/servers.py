"""Servers that tests fetch calendars from: each connection is answered as the test says, octet by octet."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from incubator.outside.address import Address
from incubator.outside.fetch import Fetcher
from incubator.outside.guard import Guarded

Answer = bytes | Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


class Server:
    """What it was asked, in order."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, list[bytes]()

    def at(self, target: str = "/ewa.ics", *, host: str = "127.0.0.1") -> Address:
        return Address("http", host, self.port, target)


@asynccontextmanager
async def serving(*answers: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """One answer for each connection, the last for all that follow."""
    left = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await reader.readuntil(b"\r\n\r\n")
            server.asked.append(asked)
            answer = left.pop(0) if len(left) > 1 else left[0]
            if callable(answer):
                await answer(asked, writer)
            else:
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    server = Server(listening.sockets[0].getsockname()[1])
    try:
        yield server
    finally:
        listening.close()


def answer(content: bytes = CALENDAR, *, status: str = "200 OK", **headers: str) -> bytes:
    told = {"content_length": str(len(content)), "content_type": "text/calendar", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def to(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, location=location)


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


TESTING = Fetcher(about="https://example.com", guarded=Guarded(resolve=here, private=True), patience=5)
"""Reaches this machine, by whatever name."""
