"""Have Stripe make something once, though its answer may be lost."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from incubator.payments.stripe.client import KEPT, Unsure


class Wanted(Protocol):
    """A row that says what is wanted, since when, and the key to ask for it under."""

    @property
    def wanted_at(self) -> datetime: ...


R = TypeVar("R", bound=Wanted)
S = TypeVar("S")


async def make_once(
    row: R,
    *,
    make: Callable[[R], Awaitable[S]],
    unheard: Callable[[R], Awaitable[S | None]],
    another_key: Callable[[R], Awaitable[R]],
    now: datetime,
) -> S:
    """What `make` answers, or what `unheard` finds that it had made before. `another_key` gives the row one that was
    never used. Raises NotNow, Declined."""
    if now - row.wanted_at > KEPT and (found := await unheard(row)):
        return found
    while True:
        try:
            return await make(row)
        except Unsure:
            # Stripe would give this answer under this key for ever. Look for what was made; where there is nothing,
            # a key that was never used is safe.
            if found := await unheard(row):
                return found
            row = await another_key(row)
