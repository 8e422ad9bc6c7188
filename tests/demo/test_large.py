"""The large house keeps what it promises to a benchmark."""

from datetime import UTC, datetime, time

import pytest

from incubator.db.engine import Database, statement
from incubator.demo.large import ACCOUNTS, FREE_FROM, account, load_large, secret
from incubator.people.actor import actor_by_token

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)


@pytest.fixture
async def house(db: Database) -> Database:
    await load_large(db, spaces=45, bookings=3_000, now=NOW)
    return db


async def test_it_has_exactly_what_was_asked_for(house: Database) -> None:
    async with statement(house) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 3_000
        assert await tx.fetchval("SELECT count(*) FROM space") == 45
        assert await tx.fetchval("SELECT count(DISTINCT gmina_id) FROM incubator") == 15
        assert await tx.fetchval("SELECT count(*) FROM account") == ACCOUNTS
        assert await tx.fetchval("SELECT count(*) FROM history") == 3_000


async def test_evenings_are_free(house: Database) -> None:
    async with statement(house) as tx:
        latest = await tx.fetchval("SELECT max((upper(during) AT TIME ZONE 'Europe/Warsaw')::time) FROM occupancy")
        days = await tx.fetchrow("SELECT min(lower(during)) AS first, max(upper(during)) AS last FROM occupancy")
    assert latest <= time(FREE_FROM // 60)
    assert (NOW - days["first"]).days >= 360
    assert (days["last"] - NOW).days >= 360


async def test_tokens_can_be_worked_out(house: Database) -> None:
    async with statement(house) as tx:
        for turn in (0, 7, ACCOUNTS - 1):
            actor = await actor_by_token(tx, secret=secret(turn), now=NOW)
            assert actor is not None
            email = await tx.fetchval("SELECT email FROM account WHERE id = $1", actor.account_id)
            assert email == account(turn)
            assert list(actor.member_of.values()) == ["owner" if turn % 5 == 0 else "member"]


async def test_more_than_fits_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        await load_large(db, spaces=2, bookings=100_000, now=NOW)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM gmina") == 0
