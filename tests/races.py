"""Many at once, and what became of each."""

import asyncio

from incubator.kernel.errors import Refusal


async def outcomes(*acts: object) -> list[object]:
    """What each came to: its result, or the refusal's class. Anything else is raised."""
    results = await asyncio.gather(*acts, return_exceptions=True)  # type: ignore[call-overload]
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refusal):
            raise result
    return [type(result) if isinstance(result, Refusal) else result for result in results]
