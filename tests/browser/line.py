"""The line between a browser and the house, that somebody can trip over.

A browser that is told to play being offline still reaches the server through its service workers, and for a moment
after a reload; a line that is cut lets nothing through.
"""

import asyncio
from asyncio import Server, StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext

from tests.browser.house import House

PIECE = 65_536


@dataclass(slots=True)
class Line:
    """Reaches the house under an address of its own."""

    there: int
    port: int = 0
    ends: set[StreamWriter] = field(default_factory=set)
    listening: Server | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def cut(self, context: BrowserContext) -> None:
        """The browser is told, as one is when its network goes, and what it asks for all the same is refused."""
        await context.set_offline(True)
        await self.close()

    async def mend(self, context: BrowserContext) -> None:
        await self.open()
        await context.set_offline(False)

    async def open(self) -> None:
        self.listening = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self.listening.sockets[0].getsockname()[1]

    async def close(self) -> None:
        assert self.listening is not None
        self.listening.close()
        for end in self.ends:
            end.transport.abort()

    async def _carry(self, asks: StreamReader, answer: StreamWriter) -> None:
        answers, ask = await asyncio.open_connection("127.0.0.1", self.there)
        both = {answer, ask}
        self.ends |= both
        try:
            await asyncio.gather(_pump(asks, ask), _pump(answers, answer))
        finally:
            self.ends -= both
            for end in both:
                end.close()


async def _pump(source: StreamReader, sink: StreamWriter) -> None:
    with suppress(ConnectionError):  # whoever hangs up first
        while piece := await source.read(PIECE):
            sink.write(piece)
            await sink.drain()
    sink.close()


@asynccontextmanager
async def line_to(house: House) -> AsyncIterator[Line]:
    line = Line(urlsplit(house.address).port or 80)
    await line.open()
    try:
        yield line
    finally:
        await line.close()
