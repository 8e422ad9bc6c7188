"""Register together with whoever registers in the same moment: the quick way to what `register` does."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import asyncpg

from incubator.bookings.all_or_halves import all_or_halves
from incubator.bookings.place_together import AT_ONCE, MOST, PATIENCE
from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.kernel.together import Busy, Together
from incubator.people.actor import Actor
from incubator.registrations.order import RegistrationOrder, judged
from incubator.registrations.place import placed
from incubator.registrations.placing import PLACE, Placing, parameters_of
from incubator.registrations.to_register import kept_session
from incubator.registrations.views import RegistrationView

Counter = Together[Placing, RegistrationView | None]
"""Where registrations are handed in. None: it was not put down, and nothing was written; `place` can say why."""


def open_counter(db: Database) -> Counter:
    """The counter of one process."""

    async def together(placings: list[Placing]) -> list[RegistrationView | None]:
        return await place_together(db, placings)

    return Together(together, most=MOST, patience=PATIENCE, at_once=AT_ONCE)


async def place_together(db: Database, placings: list[Placing]) -> list[RegistrationView | None]:
    """The registrations that were put down: as `place` does, in one statement for all."""

    async def put(some: list[Placing]) -> Sequence[asyncpg.Record]:
        async with statement(db) as tx:
            return await tx.fetch(PLACE, *parameters_of(some))

    rows = await all_or_halves(placings, put)
    return [placed(one, row) if row and row["made"] else None for one, row in zip(placings, rows, strict=True)]


async def register_together(
    counter: Counter, *, actor: Actor, order: RegistrationOrder, now: datetime
) -> RegistrationView | None:
    """The registration as `register` would make it, by what this process remembers of the session. None: not this
    way, and nothing was written; `register` makes it or says what stands in the way."""
    session = kept_session(session_id=order.session_id)
    if session is None or session.priority_for == "edition":
        return None
    try:
        made = judged(actor=actor, session=session, order=order, now=now)
    except Refusal:
        return None
    with suppress(Busy):
        return await counter(Placing(registration=made, session=session, answers=order.answers, holder=actor, now=now))
    return None
