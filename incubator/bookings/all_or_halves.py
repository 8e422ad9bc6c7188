"""Many things put down by one statement, so that what is wrong with one of them is nobody else's trouble."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import asyncpg

T = TypeVar("T")

# With these the database said no, or was not asked; after any other (the connection was lost, the
# time ran out) it may have committed, and to try again would find the time taken by oneself.
NOTHING_WRITTEN = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.TransactionRollbackError,
    asyncpg.DataError,
    ValueError,
    TypeError,
)


async def all_or_halves(
    things: list[T], put: Callable[[list[T]], Awaitable[Sequence[asyncpg.Record]]]
) -> list[asyncpg.Record | None]:
    """The rows that `put` gives for them. What cannot be done for one undoes the statement for all, and then each half is
    tried by itself: None for who is left alone with it, of whom nothing was written."""
    try:
        return [*await put(things)]
    except NOTHING_WRITTEN:
        if len(things) == 1:
            return [None]
        half = len(things) // 2
        return [*await all_or_halves(things[:half], put), *await all_or_halves(things[half:], put)]
