"""Whether others in the process have their turn while something long goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class Turns:
    """How often another has had its turn."""

    number: int = 0


@asynccontextmanager
async def another() -> AsyncIterator[Turns]:
    turns = Turns()

    async def beside() -> None:
        while True:
            turns.number += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(beside())
    try:
        yield turns
    finally:
        task.cancel()
