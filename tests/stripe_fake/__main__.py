"""In a process of its own: `python -m tests.stripe_fake FILE PORT`."""

import asyncio
import sys

from tests.stripe_fake.server import fake_stripe


async def main(path: str, port: int) -> None:
    async with fake_stripe(path, port=port) as fake:
        print(fake.address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
