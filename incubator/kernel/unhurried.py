"""Long work in steps: what one request writes at a go, everybody else in the process waits for."""

import asyncio
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
BREATH = 100
"""Made at one go: of what a calendar is made, some milliseconds. A feed of 35,000 would hold up everybody for a second."""


async def unhurried(made: Iterable[T]) -> list[T]:
    """All of what is made one by one as it is asked for; after each BREATH of them others do what they have to."""
    found: list[T] = []
    left = iter(made)
    while some := list(islice(left, BREATH)):
        found += some
        await asyncio.sleep(0)
    return found
