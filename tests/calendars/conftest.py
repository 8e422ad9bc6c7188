"""What the tests of feeds share: a booking made through the verb, a feed and its address."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.views import BookingView
from incubator.calendars.make_feed import MadeFeed, make_feed
from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.occupancy.take import take
from tests.cast import Cast, Person, acting
from tests.moments import NOW

Book = Callable[..., Awaitable[BookingView]]
Subscribe = Callable[..., Awaitable[str]]


@pytest.fixture
def book(db: Database) -> Book:
    """`book(who, space, period, **said)`: confirmed at once, or held with `outright=False`."""

    async def act(who: Person, space: UUID, period: Period, **said: Any) -> BookingView:
        actor = await acting(db, who)
        async with transaction(db) as tx:
            return await hold(tx, actor=actor, space_id=space, period=period, now=NOW, **{"outright": True, **said})

    return act


@pytest.fixture
def subscribe(db: Database) -> Subscribe:
    """`subscribe(who)`: the path of a new personal feed."""

    async def act(who: Person, name: str = "Phone") -> str:
        return f"/calendars/personal/{(await new_feed(db, who, name)).secret}.ics"

    return act


async def new_feed(db: Database, who: Person, name: str = "Phone") -> MadeFeed:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        return await make_feed(tx, actor=actor, name=name, now=NOW)


async def put_block(db: Database, cast: Cast, space: UUID, period: Period, reason: str = "Paint") -> UUID:
    """A block as its verb leaves it behind: a row, and the time taken."""
    key = uuid7()
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO block (id, space_id, gmina_id, period, reason, created_by) VALUES"
            " ($1, $2, $3, tstzrange($4, $5), $6, $7)",
            key,
            space,
            cast.niepolomice,
            period.start,
            period.end,
            reason,
            cast.coordinator.id,
        )
        rows = await tx.fetch("SELECT resource_id FROM space_resource WHERE space_id = $1", space)
        resources = [row["resource_id"] for row in rows]
        assert await take(tx, resource_ids=resources, period=period, purpose="block", subject_id=key)
    return key
