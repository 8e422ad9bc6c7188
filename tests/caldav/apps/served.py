"""The service on a port of its own, for programs that know nothing of us."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from litestar import Litestar
from litestar.types import Message, Receive, Scope, Send


@dataclass
class Wire:
    """What the service answers on `port`."""

    port: int = 0
    answers: list[bytes] = field(default_factory=list)

    def sent(self) -> set[str]:
        """The UIDs of the entries that were sent since this was last asked."""
        found = set(re.findall("UID:([0-9a-f-]{36})", b"".join(self.answers).decode()))
        self.answers.clear()
        return found


@asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[Wire]:
    """The service on a port, in this loop."""
    wire = Wire()

    async def overheard(scope: Scope, receive: Receive, send: Send) -> None:
        async def listen(message: Message) -> None:
            if message["type"] == "http.response.body":
                wire.answers.append(message["body"])
            await send(message)

        await app(scope, receive, listen)

    server = uvicorn.Server(
        uvicorn.Config(overheard, port=0, log_config=None, access_log=False, ws="none", lifespan="off")
    )
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        wire.port = server.servers[0].sockets[0].getsockname()[1]
        yield wire
    finally:
        server.should_exit = True
        await task
