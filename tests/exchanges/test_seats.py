"""The last seat goes to exactly one, and none is taken of a session that is not open."""

import pytest
from asyncpg import CheckViolationError

from incubator.db.engine import Database, transaction
from incubator.exchanges.seats import give_seats, seats_of, take_seats
from tests.cast import Cast
from tests.exchanges.cast import a_session
from tests.races import outcomes


async def test_of_many_at_once_as_many_have_seats_as_there_are(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, capacity=5, taken=2)
    got: list[bool] = []

    async def take() -> None:
        async with transaction(db) as tx:
            got.append(await take_seats(tx, session_id=key, seats=2))

    await outcomes(*(take() for _ in range(12)))
    assert got.count(True) == 1
    async with transaction(db) as tx:
        assert (await seats_of(tx, session_id=key)).free == 1
        assert await take_seats(tx, session_id=key, seats=1)


async def test_a_session_without_a_limit_has_seats_for_all(db: Database, cast: Cast) -> None:
    key = await a_session(db, None, capacity=None)
    async with transaction(db) as tx:
        assert await take_seats(tx, session_id=key, seats=20)
        await give_seats(tx, session_id=key, seats=19)
        seats = await seats_of(tx, session_id=key)
    assert (seats.taken, seats.free) == (1, None)


async def test_nothing_is_taken_of_a_draft_and_nothing_given_back_twice(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, state="draft")
    async with transaction(db) as tx:
        assert not await take_seats(tx, session_id=key, seats=1)
    with pytest.raises(CheckViolationError, match="session_seats_not_negative"):
        async with transaction(db) as tx:
            await give_seats(tx, session_id=key, seats=1)
