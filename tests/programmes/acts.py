"""Acting on programmes in tests: each act in a transaction of its own, as somebody of the cast."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.people.actor import Actor
from tests.cast import Cast, acting
from tests.programmes.cast import put_edition

T = TypeVar("T")

ADMIT = """
INSERT INTO participation (edition_id, organisation_id, account_id, state, admitted_on, ended_on, agreement_number, reason,
    plan, version)
VALUES ($1, $2, $3, $4, '2026-09-01', CASE WHEN $4 = 'graduated' THEN date '2026-09-02' END, '', '', '', 1)
"""


async def doing(db: Database, who: object, act: Callable[[Tx, Actor], Awaitable[T]]) -> T:
    """What `act` comes to as this person."""
    actor = await acting(db, who)  # type: ignore[arg-type]
    return await attempt(db, lambda tx: act(tx, actor))


async def an_edition(db: Database, cast: Cast, *, state: str = "published", places: int = 3) -> UUID:
    """Of Niepołomice."""
    async with transaction(db) as tx:
        key = await put_edition(tx, gmina=cast.niepolomice, places=places)
        await tx.execute("UPDATE edition SET state = $2 WHERE id = $1", key, state)
    return key


async def admit(db: Database, cast: Cast, edition: UUID, *, state: str = "active") -> None:
    """Acme takes part, and a place is taken."""
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET places_taken = places_taken + 1 WHERE id = $1", edition)
        await tx.execute(ADMIT, edition, cast.acme, cast.owner.id, state)
